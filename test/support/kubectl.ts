/**
 * A fake kubectl on a PATH of its own, turned by a file while it runs:
 *
 *     const kubectl = fakeKubectl({ to: server.url });
 *     spawn(…, { env: kubectl.env });       // or openForward({ of, env: kubectl.env })
 *     kubectl.die();                        // the tunnel is lost, and kubectl ends
 *     kubectl.turn({ wedged: true });       // what runs accepts and never answers
 *     kubectl.turn({ fails: texts.rbac });  // the next start says that, and ends
 *     kubectl.stop();
 */
import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** What it does. A change counts within some 50 ms, also for one that runs, unless it says otherwise. */
export interface Control {
  /** `http://127.0.0.1:<port>` of the Dkron or demo server behind it; for new connections. */
  readonly to: string;
  /** As `kubectl version --client` tells it. Before 1.32 a broken-off answer makes the tunnel stand still. */
  readonly version: string;
  /** The current context, and the only one it knows; null: it has none, and takes any. */
  readonly context: string | null;
  /** The address of Kubernetes in its configuration; null: it says none. */
  readonly kubernetes: string | null;
  /** How long it takes until it forwards, ms; for new starts. */
  readonly delay: number;
  /** It starts, says nothing and does not forward, as while Kubernetes cannot be reached. */
  readonly hangs: boolean;
  /** Lines that it says instead of forwarding, before it ends with code 1; for new starts. */
  readonly fails: readonly string[] | null;
  /** Accepts connections and never answers, the open ones too; one that did so never does otherwise. */
  readonly wedged: boolean;
  /** In the pod nothing listens: the next connection ends it. */
  readonly closed: boolean;
  /** Raise it, and what runs loses its connection to the pod and ends. */
  readonly dies: number;
  /** Add lines, and what runs says them. */
  readonly says: readonly string[];
  /** Raise it, and what runs says 20 000 lines at once. */
  readonly floods: number;
}

/** What kubectl 1.27 to 1.33 was seen to print where it cannot forward. */
export const texts = {
  rbac: [
    'error: error upgrading connection: pods "dkron-0" is forbidden: User "jane" cannot create resource "pods/portforward" in API group "" in the namespace "mobility"',
  ],
  unauthorized: [
    'E1126 17:03:37.315281   10584 memcache.go:265] "Unhandled Error" err="couldn\'t get current server API group list: the server has asked for the client to provide credentials"',
    'error: You must be logged in to the server (the server has asked for the client to provide credentials)',
  ],
  noPod: ['error: timed out waiting for the condition'],
  pending: ['error: unable to forward port because pod is not running. Current status=Pending'],
  noCluster: [
    'The connection to the server 127.0.0.1:18991 was refused - did you specify the right host or port?',
  ],
} as const;

export interface FakeKubectl {
  /** The environment with it first on the PATH. */
  readonly env: NodeJS.ProcessEnv;
  turn(change: Partial<Control>): void;
  /** What forwards now loses its pod. */
  die(): void;
  /** What forwards now says this. */
  say(...lines: readonly string[]): void;
  /** Every port-forward that was started. */
  starts(): { readonly pid: number; readonly args: readonly string[] }[];
  /** The processes of those that still run. */
  alive(): number[];
  /** Kills what still runs and takes away its files. */
  stop(): void;
}

const script = fileURLToPath(new URL('fake-kubectl.mjs', import.meta.url));

export function fakeKubectl(start: Partial<Control> & Pick<Control, 'to'>): FakeKubectl {
  const folder = mkdtempSync(join(tmpdir(), 'fake-kubectl-'));
  const binary = join(folder, 'kubectl');
  writeFileSync(binary, `#!/bin/sh\nexec '${process.execPath}' '${script}' '${folder}' "$@"\n`);
  chmodSync(binary, 0o755);
  let control: Control = {
    version: 'v1.33.1',
    context: 'fake',
    kubernetes: null,
    delay: 0,
    hangs: false,
    fails: null,
    wedged: false,
    closed: false,
    dies: 0,
    says: [],
    floods: 0,
    ...start,
  };
  const turn = (change: Partial<Control>): void => {
    control = { ...control, ...change };
    // At once, so that nobody reads half of it.
    writeFileSync(join(folder, 'new.json'), JSON.stringify(control));
    renameSync(join(folder, 'new.json'), join(folder, 'control.json'));
  };
  turn({});
  const starts = (): ReturnType<FakeKubectl['starts']> =>
    existsSync(join(folder, 'starts'))
      ? readFileSync(join(folder, 'starts'), 'utf8')
          .split('\n')
          // The last one may be half written.
          .slice(0, -1)
          .map((line) => JSON.parse(line))
      : [];
  const alive = (): number[] => starts().flatMap(({ pid }) => (isRunning(pid) ? [pid] : []));
  return {
    env: { ...process.env, PATH: `${folder}:${process.env['PATH']}` },
    turn,
    die: () => turn({ dies: control.dies + 1 }),
    say: (...lines) => turn({ says: [...control.says, ...lines] }),
    starts,
    alive,
    stop: () => {
      for (const pid of alive()) process.kill(pid, 'SIGKILL');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** What was killed and is not yet buried does not count. */
function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' && !existsSync('/proc/self');
  }
}
