/** What a server may send to harm a screen: by accident, or by the hand that wrote a job's name. */
import fc from 'fast-check';
import { parseJob } from '../../src/dkron/list.ts';
import { executionShape } from '../../src/dkron/shapes.ts';
import type { World } from './ways.ts';

const nasty = [
  '\x1b[31mred\x1b[0m',
  '\x1b]0;owned\x07',
  '\x1b]52;c;ZXZpbA==\x07',
  '\x1b[2J\x1b[H',
  '\x9b1mC1\x9d0;x\x9c',
  '\x1b',
  '\0\x07\b\x7f\x85',
  'a\r\nb\nc\rd\te\vf\fg',
  '日本語のジョブ',
  '👩‍💻🏳️‍🌈👍🏽1️⃣🇫🇷🇫',
  'شركة النقل',
  'user\u202etxt.exe\u2066x\u2069',
  'e\u0301\u0301\u0301\u0301\u0301\u0301x',
  '\u0301',
  '\u200b\u200d\ufeff\u00ad',
  '\ud83d',
  '\u2028\u2029',
  'İİİ ﷽ ｆｕｌｌ',
  '',
  ' ',
] as const;

/** Several times as long as the widest line; longer ones are only slower to measure. */
const endless = fc.constantFrom('long-'.repeat(300), '長い'.repeat(500));

export const hostileText = fc.oneof(
  { arbitrary: fc.constantFrom(...nasty), weight: 20 },
  { arbitrary: endless, weight: 1 },
  {
    arbitrary: fc
      .array(fc.constantFrom(...nasty, 'plain'), { maxLength: 4 })
      .map((parts) => parts.join('')),
    weight: 10,
  },
  { arbitrary: fc.string({ unit: 'binary', maxLength: 30 }), weight: 10 },
);

const hostileMap = fc.option(fc.dictionary(hostileText, hostileText, { maxKeys: 3 }));
const hostileTime = fc.oneof(
  fc.constantFrom(
    null,
    '',
    'soon',
    '0001-01-01T00:00:00Z',
    '0000-12-31T19:03:58-04:56',
    '2026-11-21T14:30:00Z',
    '9999-12-31T23:59:59Z',
    '+275760-09-13T00:00:00Z',
  ),
);
const hostileCount = fc.oneof(fc.nat({ max: 200 }), fc.constantFrom(-1, 2 ** 53, 1e21, 0.5));
const schedule = fc.oneof(
  hostileText,
  fc.constantFrom('@every 1m', '0 */2 * * * *', '@at 2030-01-01T00:00:00Z', '@every 1000000h'),
);

/** Jobs as they pass the door of the client, any field of them missing. */
export const hostileJob = fc
  .record(
    {
      displayname: hostileText,
      timezone: fc.oneof(hostileText, fc.constantFrom('Europe/Paris')),
      schedule,
      owner: hostileText,
      owner_email: hostileText,
      success_count: hostileCount,
      error_count: hostileCount,
      last_success: hostileTime,
      last_error: hostileTime,
      disabled: fc.boolean(),
      tags: hostileMap,
      metadata: hostileMap,
      retries: hostileCount,
      dependent_jobs: fc.option(fc.array(hostileText, { maxLength: 3 })),
      parent_job: fc.oneof(fc.constant(''), hostileText),
      processors: fc.option(fc.dictionary(hostileText, fc.dictionary(hostileText, hostileText))),
      concurrency: hostileText,
      executor: fc.oneof(fc.constantFrom('http', 'shell'), hostileText),
      executor_config: fc.option(
        fc.record(
          {
            method: hostileText,
            url: hostileText,
            headers: fc.oneof(
              hostileText,
              fc.array(hostileText).map((list) => JSON.stringify(list)),
            ),
            body: fc.oneof(hostileText, fc.json({ maxDepth: 3 })),
            timeout: hostileText,
            command: hostileText,
          },
          { requiredKeys: [] },
        ),
      ),
      status: fc.oneof(fc.constantFrom('success', 'failed', 'partially_failed'), hostileText),
      next: fc.oneof(
        hostileTime.map((time) => time ?? ''),
        hostileText,
      ),
      ephemeral: fc.boolean(),
      expires_at: hostileTime,
    },
    { requiredKeys: [] },
  )
  .chain((fields) =>
    hostileText.map((name) => parseJob('', JSON.stringify({ ...fields, name })).job),
  );

export const hostileJobs = fc.uniqueArray(hostileJob, {
  selector: (job) => job.name,
  minLength: 1,
  maxLength: 6,
});

export const hostileRuns = fc.uniqueArray(
  fc
    .record({
      id: hostileText,
      started_at: hostileTime.map((time) => time ?? ''),
      finished_at: hostileTime.map((time) => time ?? ''),
      success: fc.boolean(),
      output: hostileText,
      output_truncated: fc.boolean(),
      node_name: hostileText,
      group: hostileText,
      attempt: fc.nat({ max: 1_000_000 }),
    })
    .map((run) => executionShape.parse({ ...run, job_name: 'x' })),
  { selector: (run) => run.id, maxLength: 6 },
);

export const anyWorld: fc.Arbitrary<World> = fc.record({
  jobs: hostileJobs,
  runs: hostileRuns,
  text: hostileText,
});
