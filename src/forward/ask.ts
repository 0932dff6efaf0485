/** What kubectl says of itself, without asking a cluster. */
import type { Clock } from '../base/clock.ts';
import type { StartKubectl } from './kubectl.ts';

/** It answers from its own files, in some 50 ms. */
const patience = 5_000;

/** What it prints; null when it fails, or says nothing in time. */
function ask(start: StartKubectl, clock: Clock, args: readonly string[]): Promise<string | null> {
  return new Promise((resolve) => {
    const lines: string[] = [];
    const cancel = clock.after(patience, () => {
      kill();
      resolve(null);
    });
    const kill = start(args, {
      line: (line) => void (lines.length < 100 && lines.push(line)),
      ended: ({ code }) => {
        cancel();
        resolve(code === 0 ? lines.join('\n') : null);
      },
    });
  });
}

/** The context that is current now; null where there is none, as inside a cluster. */
export async function currentContext(start: StartKubectl, clock: Clock): Promise<string | null> {
  return (await ask(start, clock, ['config', 'current-context']))?.trim() || null;
}

/** The address of its Kubernetes; null where it does not say. */
export async function kubernetes(
  start: StartKubectl,
  clock: Clock,
  context: string | null,
): Promise<URL | null> {
  const named = context === null ? [] : [`--context=${context}`];
  const path = '-o=jsonpath={.clusters[0].cluster.server}';
  const said = await ask(start, clock, [...named, 'config', 'view', '--minify', path]);
  return URL.parse(said?.trim() ?? '');
}

/**
 * Whether an answer that is given up halfway leaves the other connections alone: from 1.32 on. Before, it
 * makes the whole tunnel stand still (kubectl#1620). The dispatcher that Google ships tells its own
 * version, and hands over to another.
 */
export async function mayBreakOff(start: StartKubectl, clock: Clock): Promise<boolean> {
  const said = await ask(start, clock, ['version', '--client', '-o', 'json']);
  return said !== null && isNew(said);
}

/** By the output of `kubectl version --client -o json`. */
export function isNew(said: string): boolean {
  const version = /"gitVersion":\s*"v(\d+)\.(\d+)([^"]*)"/.exec(said);
  if (version === null || /dispatcher/.test(version[3]!)) return false;
  const [major, minor] = [Number(version[1]), Number(version[2])];
  return major > 1 || minor >= 32;
}
