/**
 * What may stand in the file of contexts. The JSON schema that editors complete by is made from
 * this, descriptions included; what goes beyond it is in rules.ts.
 */
import * as z from 'zod';
import { badgeColours, noticeNames, themeNames } from '../config/looks.ts';
import { parseDuration } from '../snapshot/prune/duration.ts';
import { lintShape } from './lint-shape.ts';
import { flag, mapOf, number, oneOf, text } from './shape-parts.ts';

/** Where a secret is read from, when it is needed. There is no way to write one down. */
const source = z
  .union(
    [
      mapOf({ env: text('The name of an environment variable that holds the secret.') }),
      mapOf({
        file: text('A file that holds the secret and nothing else; ~/ is your home.'),
      }),
      mapOf({
        command: text(
          'A line for /bin/sh that prints the secret; run when it is needed, and again when the server does not accept it.',
        ),
      }),
    ],
    {
      error: ({ input }) =>
        typeof input === 'string'
          ? 'a secret is not written into this file: name where it is, as { env: NAME }, { file: PATH } or { command: LINE }'
          : 'must be { env: NAME }, { file: PATH } or { command: LINE }',
    },
  )
  .describe(
    'Where a secret is read from: an environment variable, a file, or what a command prints.',
  );

const value = mapOf({ value: text('A value that is no secret, sent as it stands here.') });

const header = z
  .union([source, value], {
    error: ({ input }) =>
      typeof input === 'string'
        ? 'name where its value is: { env: NAME }, { file: PATH } or { command: LINE }; { value: TEXT } when it is no secret'
        : 'must be { env: NAME }, { file: PATH }, { command: LINE }, or { value: TEXT } when it is no secret',
  })
  .describe('Where the header’s value is read from; { value: … } for one that is no secret.');

const aPort = 'must be a port from 1 to 65535, or the name that the service gives it';
const port = z.union(
  [
    z.int(aPort).min(1, aPort).max(65_535, aPort),
    z.string(aPort).regex(/^[0-9-]*[a-z][a-z0-9-]*$/, aPort),
  ],
  aPort,
);

const aCount = 'must be a whole number, 0 or more, or unlimited';
const count = z.union([z.int(aCount).min(0, aCount), z.literal('unlimited', aCount)], aCount);

const aSpan = 'must be a length of time such as 14d, 6m or 1y5m7d2h';
const span = z.string(aSpan).refine((text) => parseDuration(text) !== null, aSpan);

export const contextShape = mapOf({
  url: text(
    'The address, with the base path: https://example.com/dkron. Not with port-forward.',
  ).optional(),
  'port-forward': mapOf({
    namespace: text('The namespace.'),
    resource: text('svc/NAME, pod/NAME, deployment/NAME …, as kubectl port-forward takes it.'),
    port: port.describe(
      'The port of the service or the pod, or the name that the service gives it.',
    ),
    'kube-context': text('The context of the kubeconfig; the current one without it.').optional(),
  })
    .describe('Reaches it through kubectl port-forward, which the program starts and looks after.')
    .optional(),
  label: text('A word for the header of the screen, for example PROD.').optional(),
  color: oneOf(badgeColours).describe('The colour of that word.').optional(),
  'read-only': flag('true: nothing is changed there.').optional(),
  protected: flag('true: every change is agreed to by typing the name of this context.').optional(),
  basic: mapOf({ user: text('The user.'), password: source })
    .describe('Sends user and password (HTTP basic).')
    .optional(),
  bearer: source.describe('Sends Authorization: Bearer with this token.').optional(),
  headers: z
    .record(z.string(), header, { error: 'must be names of headers with their values' })
    .describe('Headers for every request.')
    .optional(),
  tls: mapOf({
    ca: text('A PEM file with the authority that signed the server’s certificate.').optional(),
    cert: text('A PEM file with the certificate that this program shows; needs key.').optional(),
    key: text('A PEM file with the private key of cert.').optional(),
    'server-name': text(
      'The name that the certificate has, where the address has another.',
    ).optional(),
    insecure: z
      .literal(true, { error: 'must be true, or left out' })
      .describe('true: takes any certificate, so anybody on the way can read and change all.')
      .optional(),
  })
    .describe('How the server’s certificate is checked, and what is shown to it.')
    .optional(),
  proxy: oneOf(['none'])
    .describe('none: not through the proxy that https_proxy, http_proxy or all_proxy names.')
    .optional(),
  refresh: number(0.1, 3600, 'a number of seconds')
    .describe('How many seconds the console waits at least between two reads.')
    .optional(),
  grace: number(1, 86_400, 'a number of seconds')
    .describe(
      'How many seconds after its instant a firing may still come before its job is called late; 60 without it.',
    )
    .optional(),
  notify: oneOf(noticeNames)
    .describe(
      'How the console makes itself heard when a job fails, goes well again, does not run when it is due or is stuck: bell, or a message of the terminal (osc9).',
    )
    .optional(),
  'server-zone': text('The time zone of the Dkron servers; UTC without it.').optional(),
  snapshots: mapOf({
    folder: text('Where snapshots of its jobs are kept; ~/ is your home.').optional(),
    keep: mapOf({
      last: count.describe('How many of the newest.').optional(),
      hourly: count.describe('Of so many hours that have one, the newest.').optional(),
      daily: count.describe('Of so many days.').optional(),
      weekly: count.describe('Of so many weeks, Monday to Sunday.').optional(),
      monthly: count.describe('Of so many months.').optional(),
      yearly: count.describe('Of so many years.').optional(),
      within: span.describe('All that were taken so long before the newest.').optional(),
      'within-hourly': span.describe('The newest of each hour, so far back.').optional(),
      'within-daily': span.describe('The newest of each day, so far back.').optional(),
      'within-weekly': span.describe('The newest of each week, so far back.').optional(),
      'within-monthly': span.describe('The newest of each month, so far back.').optional(),
      'within-yearly': span.describe('The newest of each year, so far back.').optional(),
    })
      .describe('What stays when they are thinned out; prune reads it.')
      .optional(),
  })
    .describe('Snapshots of its jobs.')
    .optional(),
  views: z
    .record(z.string(), text('A filter, as / takes it.'), {
      error: 'must be names with a filter each',
    })
    .describe('Filters by name.')
    .optional(),
  lint: lintShape.optional(),
}).describe('One Dkron cluster, and how to reach it.');

/** The file, but for its contexts, which are read one by one: a mistake in one closes no other. */
export const topShape = mapOf({
  current: text('The context that is used when nothing else is named.').optional(),
  theme: oneOf(themeNames).describe('The colours of the screen; --theme says more.').optional(),
  contexts: z
    .record(z.string(), z.unknown(), { error: 'must be names with a context each' })
    .nullish(),
});

export const fileShape = topShape
  .extend({
    contexts: z.record(z.string(), contextShape).describe('The clusters by name.').nullish(),
  })
  .describe('The contexts of dkron-tui.');

export type ContextShape = z.infer<typeof contextShape>;

/** What editors read to complete and check the file. */
export const jsonSchema = (): Readonly<Record<string, unknown>> => ({
  ...z.toJSONSchema(fileShape, { target: 'draft-7', io: 'input' }),
  title: 'Contexts of dkron-tui',
});
