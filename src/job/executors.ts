/**
 * The executors and what each reads from a job's `executor_config` (Dkron plugin/shell, plugin/http,
 * builtin/bins/*). Editing, checking and explaining a job read this table.
 */

/** What a setting's text holds; all of them are strings to Dkron. */
export type SettingKind =
  | 'text'
  /** Several lines make sense. */
  | 'script'
  /** `true` or `false`; "" is false. */
  | 'flag'
  /** Any text at all switches it on. */
  | 'debug'
  /** A whole number of seconds; the http executor takes 30 for anything else. */
  | 'seconds'
  /** A whole number, or the run fails. */
  | 'count'
  /** A Go duration: `1h30m`. */
  | 'duration'
  | 'memory'
  /** `K=V,K=V` */
  | 'environment'
  | 'method'
  /** The http executor's list of "Name: value". */
  | 'headers'
  /** Free text, mostly JSON. */
  | 'body'
  /** JSON, or the run fails. */
  | 'json'
  | 'base64'
  /** `200,206` */
  | 'codes'
  /** A Go regular expression. */
  | 'regexp';

export interface Setting {
  readonly name: string;
  readonly kind: SettingKind;
  readonly help: string;
  /** Without it every run fails. */
  readonly required?: true;
  /** The first of Dkron's tags that knows it; older ones ignore it. */
  readonly since?: string;
}

const required = { required: true } as const;

const setting = (
  name: string,
  kind: SettingKind,
  help: string,
  more: Partial<Setting> = {},
): Setting => ({ name, kind, help, ...more });

const debug = setting(
  'debug',
  'debug',
  'any text here prints all settings into the output, secrets too',
);

const executors: ReadonlyMap<string, readonly Setting[]> = new Map([
  [
    'http',
    [
      setting('method', 'method', 'GET, POST, …, in capitals', required),
      setting('url', 'text', 'the address to call', required),
      setting('headers', 'headers', 'a JSON list of "Name: value"; a value may hold no colon'),
      setting('body', 'body', 'what is sent, as it is'),
      setting('timeout', 'seconds', 'in seconds; 30 when empty'),
      setting(
        'expectCode',
        'codes',
        'statuses that mean success: 200,206; empty takes any, even 500',
      ),
      setting('expectBody', 'regexp', 'a Go regular expression that the answer must match'),
      debug,
      setting('tlsNoVerifyPeer', 'flag', 'true accepts any certificate'),
      setting('tlsCertificateFile', 'text', "the client's certificate, a file on the Dkron node"),
      setting('tlsCertificateKeyFile', 'text', 'its key, a file on the Dkron node'),
      setting('tlsRootCAsFile', 'text', 'the authorities to trust, a file on the Dkron node'),
    ],
  ],
  [
    'shell',
    [
      setting('command', 'script', 'what to run', required),
      setting('shell', 'flag', 'true runs it by /bin/sh -c; otherwise it is split into words'),
      setting('env', 'environment', 'variables: NAME=value,NAME=value'),
      setting('cwd', 'text', 'the folder to run in'),
      setting('timeout', 'duration', 'kills the command after 30s, 5m, 1h30m'),
      setting('mem_limit', 'memory', 'kills the command above 512MB, 2GB', { since: '4.0.9-rc1' }),
      setting('su', 'text', 'user:group to run as'),
      setting('payload', 'base64', 'standard input, in base64'),
    ],
  ],
  [
    'grpc',
    [
      setting('url', 'text', 'host:port/package.Service/Method', required),
      setting('body', 'json', 'the message, as JSON'),
      setting('headers', 'json', 'a JSON list of "Name: value"', { since: '4.0.6' }),
      setting('timeout', 'count', 'in seconds; 30 when empty'),
      setting('expectCode', 'count', 'the gRPC status that means success; 0 when empty'),
    ],
  ],
  [
    'kafka',
    [
      setting('brokerAddress', 'text', 'host:port,host:port', required),
      setting('topic', 'text', 'where the message goes', required),
      setting('key', 'text', "the message's key"),
      setting('message', 'body', 'what is sent, as it is'),
      debug,
      setting('tlsEnable', 'flag', 'true uses TLS'),
      setting('tlsInsecureSkipVerify', 'flag', 'true accepts any certificate'),
      setting('saslUsername', 'text', 'the user, for SASL'),
      setting('saslPassword', 'text', 'the password, for SASL'),
      setting('saslMechanism', 'text', 'sha256 or sha512; plain when empty'),
    ],
  ],
  [
    'nats',
    [
      setting('url', 'text', 'the server', required),
      setting('subject', 'text', 'where the message goes', required),
      setting('message', 'body', 'what is sent, as it is'),
      setting('userName', 'text', 'the user'),
      setting('password', 'text', 'the password'),
      debug,
    ],
  ],
  [
    'rabbitmq',
    [
      setting('url', 'text', 'amqp://user:password@host:port/', required),
      setting('exchange', 'text', 'the exchange to publish to'),
      setting('queue.name', 'text', 'the queue', required),
      setting('queue.create', 'flag', 'true creates the queue first'),
      setting('queue.durable', 'flag', 'true keeps it after a restart'),
      setting('queue.auto_delete', 'flag', 'true removes it when it has no consumers'),
      setting('queue.exclusive', 'flag', 'true creates it for this connection only'),
      setting('message.content_type', 'text', 'text/plain when empty'),
      setting('message.delivery_mode', 'text', '1 transient, 2 persistent'),
      setting('message.messageId', 'text', "the message's id"),
      setting('message.body', 'body', 'what is sent, as it is'),
      setting('message.base64Body', 'base64', 'what is sent, in base64, instead of message.body'),
    ],
  ],
  [
    'gcppubsub',
    [
      setting('project', 'text', 'the project', required),
      setting('topic', 'text', 'where the message goes', required),
      setting('data', 'base64', 'what is sent, in base64'),
      setting('attributes', 'json', 'a JSON object of strings'),
    ],
  ],
]);

/** The first of Dkron's tags that an executor came with, where not all of them have it. */
const executorsSince: ReadonlyMap<string, string> = new Map([
  ['rabbitmq', '3.0.5'],
  ['kafka', '3.1.5'],
  ['nats', '3.1.5'],
  ['gcppubsub', '3.1.7'],
  ['grpc', '3.2.0-beta1'],
]);

export const executorSince = (executor: string): string | undefined => executorsSince.get(executor);

export const executorNames: readonly string[] = [...executors.keys()];

/** What an executor reads; undefined for one that is not known here. */
export const settingsOf = (executor: string): readonly Setting[] | undefined =>
  executors.get(executor);

export const settingOf = (executor: string, name: string): Setting | undefined =>
  settingsOf(executor)?.find((known) => known.name === name);
