import { describe, expect, it } from 'vitest';
import { currentContext, isNew, kubernetes, mayBreakOff } from '../../src/forward/ask.ts';
import type { StartKubectl } from '../../src/forward/kubectl.ts';
import { pinned } from '../../src/forward/pinned.ts';
import { fakeClock } from '../support/clock.ts';

/** A kubectl that says this to whatever it is asked, and ends so; null: it never says anything. */
function kubectl(said: string | null, code = 0) {
  const asked: string[] = [];
  let killed = 0;
  const start: StartKubectl = (args, { line, ended }) => {
    asked.push(args.join(' '));
    if (said !== null)
      queueMicrotask(() => {
        for (const each of said.split('\n')) line(each);
        ended({ code });
      });
    return () => {
      killed++;
    };
  };
  return { start, asked, killed: () => killed };
}

describe('what kubectl says of itself', () => {
  const clock = fakeClock();

  it('tells its current context, or none', async () => {
    const { start, asked } = kubectl('prod');
    expect(await currentContext(start, clock)).toBe('prod');
    expect(asked).toEqual(['config current-context']);
    const none = kubectl('error: current-context is not set', 1);
    expect(await currentContext(none.start, clock)).toBeNull();
  });

  it('tells the address of its Kubernetes', async () => {
    const { start, asked } = kubectl('https://10.0.0.1:6443');
    expect((await kubernetes(start, clock, 'prod'))?.host).toBe('10.0.0.1:6443');
    expect((await kubernetes(start, clock, null))?.host).toBe('10.0.0.1:6443');
    const view = 'config view --minify -o=jsonpath={.clusters[0].cluster.server}';
    expect(asked).toEqual([`--context=prod ${view}`, view]);
    expect(await kubernetes(kubectl('').start, clock, null)).toBeNull();
  });

  it('tells its version', async () => {
    const of = (gitVersion: string) => JSON.stringify({ clientVersion: { gitVersion } }, null, 2);
    expect(await mayBreakOff(kubectl(of('v1.33.1')).start, clock)).toBe(true);
    expect(await mayBreakOff(kubectl(of('v1.31.0')).start, clock)).toBe(false);
    expect(await mayBreakOff(kubectl(of('v1.33.1'), 1).start, clock)).toBe(false);
  });

  it('is not waited for where it says nothing', async () => {
    const { start, killed } = kubectl(null);
    const context = currentContext(start, clock);
    clock.advance(5_000);
    expect(await context).toBeNull();
    expect(killed()).toBe(1);
  });
});

describe('the context that was current at first', () => {
  const silent = { line: () => {}, ended: () => {} };

  it('is that of every start', async () => {
    const { start, asked } = kubectl('prod');
    const pin = pinned(start, fakeClock());
    pin(['port-forward'], silent);
    pin(['port-forward'], silent);
    await new Promise(setImmediate);
    expect(asked).toEqual([
      'config current-context',
      '--context=prod port-forward',
      '--context=prod port-forward',
    ]);
  });

  it('is not needed where there is none, as inside a cluster', async () => {
    const { start, asked } = kubectl('error: current-context is not set', 1);
    pinned(start, fakeClock())(['port-forward'], silent);
    await new Promise(setImmediate);
    expect(asked).toEqual(['config current-context', 'port-forward']);
  });

  it('starts nothing that was ended before it was known', async () => {
    const { start, asked, killed } = kubectl('prod');
    let ended = 0;
    const kill = pinned(start, fakeClock())(['port-forward'], {
      line: () => {},
      ended: () => ended++,
    });
    kill();
    await new Promise(setImmediate);
    expect({ asked, ended, killed: killed() }).toEqual({
      asked: ['config current-context'],
      ended: 1,
      killed: 0,
    });
  });

  it('ends what was started', async () => {
    const { start, killed } = kubectl('prod');
    const kill = pinned(start, fakeClock())(['port-forward'], silent);
    await new Promise(setImmediate);
    kill();
    expect(killed()).toBe(1);
  });
});

it.each([
  ['v1.33.1', true],
  ['v1.32.0', true],
  ['v1.32.4-gke.1', true],
  ['v1.100.0', true],
  ['v2.0.0', true],
  ['v1.31.9-eks-abc', false],
  ['v1.27.16', false],
  ['v1.9.0', false],
  // It hands over to the kubectl that fits the cluster.
  ['v1.32.4-dispatcher', false],
  ['devel', false],
])('kubectl %s may break off an answer: %s', (gitVersion, may) => {
  const said = { clientVersion: { major: '1', gitVersion }, kustomizeVersion: 'v5.5.0' };
  expect(isNew(JSON.stringify(said, null, 2))).toBe(may);
  expect(isNew(JSON.stringify(said))).toBe(may);
});
