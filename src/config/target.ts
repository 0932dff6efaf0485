import type { BadgeColour, NoticeName, ThemeName } from './looks.ts';

/** A `kubectl port-forward` that is started for a target, and looked after. */
export interface PortForward {
  readonly namespace: string;
  /** `svc/dkron`, `pod/dkron-0`, `statefulset/dkron` */
  readonly resource: string;
  /** Dkron's port there: a number, or the name that a service gives it. */
  readonly port: number | string;
  /** A context of kubectl's own configuration; null: the one that is current when the forward is opened. */
  readonly kubeContext: string | null;
}

/** What a console or a command is pointed at: a context of the config file, or a bare address. */
export interface Target {
  /** The context's name; null for a bare address. */
  readonly context: string | null;
  /**
   * The address as it was written. It may carry a user and a password: never shown. Of a port-forward
   * a name for it in this form, to which nothing is connected.
   */
  readonly url: string;
  /** How it is reached instead of by its address; null: by its address. */
  readonly portForward: PortForward | null;
  /** What the header calls it; null: its address. */
  readonly label: string | null;
  /** What that word stands on, so that it is not taken for another; null: nothing. */
  readonly colour: BadgeColour | null;
  /** The colours of the screen where no option and no variable says; null: as always. */
  readonly theme: ThemeName | null;
  /** Nothing is changed there. */
  readonly readOnly: boolean;
  /** Every change is agreed to by typing the name of the context. */
  readonly protected: boolean;
  /** The zone that the Dkron process runs in; its API does not tell. */
  readonly serverZone: string;
  /** How long after its instant a firing may still come before it is called late, ms. */
  readonly grace: number;
  /** How its console makes itself heard when a job fails, does not run, or goes well again. */
  readonly notify: NoticeName;
  /** Least ms between two reads of the console; null: what the poller thinks best. */
  readonly refresh: number | null;
  /** The folder of its snapshots; null: where they usually are. */
  readonly snapshots: string | null;
  /** What is kept of them when they are thinned out, as it is written; null: nobody said. */
  readonly keep: Readonly<Record<string, string | number | undefined>> | null;
  /** Filters by name. */
  readonly views: Readonly<Record<string, string>>;
  readonly lint: LintRules;
  readonly credentials: Credentials;
  readonly tls: TlsFiles;
  /** Whether it goes through the proxy that the environment names, if any. */
  readonly proxy: boolean;
}

/** Where a header's value is read from, when it is needed; `value` for one that is no secret. */
export type Source =
  | { readonly env: string }
  | { readonly file: string }
  | { readonly command: string }
  | { readonly value: string };

/** What the checks of jobs go by. */
export interface LintRules {
  readonly ttl: TtlSource | null;
  /** Rules, or how their names begin, and a filter of jobs: all of them unless told. */
  readonly ignore: readonly { readonly rule: string; readonly jobs?: string | undefined }[];
}

/** A table of how long what jobs fetch is kept: where it comes from, and how it is read (job/ttl/table.ts). */
export interface TtlSource {
  readonly from:
    | { readonly file: string }
    /** As it stands here. */
    | { readonly text: string }
    | { readonly command: readonly string[] }
    | { readonly shell: string };
  readonly match: Readonly<Record<string, string>>;
  readonly soft: string;
  readonly hard: string | null;
  readonly unit: 'ms' | 's' | 'min' | 'h' | 'd';
}

/** Whether these are a token, which an access control of Dkron's has an owner for. */
export const isToken = ({ bearer }: Credentials): boolean => bearer !== null;

export interface Credentials {
  readonly basic: { readonly user: string; readonly password: Source } | null;
  readonly bearer: Source | null;
  /** By name. */
  readonly headers: Readonly<Record<string, Source>>;
}

/** Files in PEM; null for what Node takes by itself. */
export interface TlsFiles {
  readonly ca: string | null;
  readonly cert: string | null;
  readonly key: string | null;
  /** The name that the certificate has; null: the address's. */
  readonly serverName: string | null;
  /** Any certificate is taken. */
  readonly insecure: boolean;
}

/** What is typed to agree to a change of a protected target; null where it is not protected. */
export const protectedAs = ({ protected: isProtected, context, label }: Target): string | null =>
  isProtected ? (context ?? label ?? 'change') : null;

/** `PROD (http://dkron.example:8080)`; without a label the address alone. `url`: without credentials. */
export const calledOf = (
  { label }: Pick<Target, 'label'>,
  { url }: { readonly url: string },
): string => (label === null ? url : `${label} (${url})`);

/** What is opened where nobody says what: a Dkron on this machine. */
export const usualUrl = 'http://localhost:8080';

/** ms */
export const usualGrace = 60_000;

/** A bare address; its servers run in UTC unless told, as Dkron's images do. */
export const bareTarget = (url: string, more: Partial<Target> = {}): Target => ({
  context: null,
  url,
  portForward: null,
  label: null,
  colour: null,
  theme: null,
  readOnly: false,
  protected: false,
  serverZone: 'UTC',
  grace: usualGrace,
  notify: 'none',
  refresh: null,
  snapshots: null,
  keep: null,
  views: {},
  lint: { ttl: null, ignore: [] },
  credentials: { basic: null, bearer: null, headers: {} },
  tls: { ca: null, cert: null, key: null, serverName: null, insecure: false },
  proxy: true,
  ...more,
});
