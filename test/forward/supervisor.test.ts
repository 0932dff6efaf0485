import { describe, expect, it } from 'vitest';
import { backOff } from '../../src/forward/supervisor.ts';
import { texts } from '../support/kubectl.ts';
import { scripted } from './scripted.ts';

const up = (port: number) => ({
  kind: 'up',
  text: `port-forward on 127.0.0.1:${port}`,
  origin: `http://127.0.0.1:${port}`,
});

/** One whose first tunnel is up. */
async function opened(options?: Parameters<typeof scripted>[0]) {
  const world = scripted(options);
  world.onStart((child) => child.ready());
  await world.pass(200);
  expect(world.state()).toEqual(up(40_001));
  return world;
}

describe('a port-forward that is looked after', () => {
  it('is up when something answers behind it, not when it listens', async () => {
    const world = scripted();
    world.behind.set('http://127.0.0.1:40001', 700);
    expect(world.state()).toEqual({ kind: 'starting', text: 'starting kubectl port-forward' });
    world.children[0]?.ready();
    await world.pass(650);
    expect(world.state().kind).toBe('starting');
    await world.pass(100);
    expect(world.state()).toEqual(up(40_001));
  });

  it('starts another at once when it is lost', async () => {
    const world = await opened();
    await world.pass(60_000);
    world.children[0]?.says('error: lost connection to pod');
    world.children[0]?.ends(1);
    expect(world.children).toHaveLength(2);
    expect(world.state()).toEqual({
      kind: 'starting',
      text: 'the connection to the pod was lost; starting another',
    });
    await world.pass(200);
    expect(world.state()).toEqual(up(40_002));
  });

  it('notices within 3 s that nothing comes through, though kubectl lives', async () => {
    const world = await opened();
    await world.pass(10_000);
    world.behind.set('http://127.0.0.1:40001', 'silent');
    const since = world.clock.now();
    while (world.state().kind === 'up') await world.pass(50);
    expect(world.clock.now() - since).toBeLessThanOrEqual(3_000);
    expect(world.state().text).toBe('the port-forward does not answer; starting another');
    await world.pass(300);
    expect(world.state()).toEqual(up(40_002));
    expect(world.running()).toEqual([world.children[1]]);
  });

  it('looks at once when a request failed, and when kubectl tells of a broken connection', async () => {
    const world = await opened();
    await world.pass(100);
    const before = world.probes.length;
    await world.pass(450);
    world.supervisor.suspect();
    await world.pass(50);
    world.children[0]?.says('error copying from remote stream to local connection: broken pipe');
    await world.pass(100);
    expect(world.probes.length - before).toBe(2);
    expect(world.state()).toEqual(up(40_001));
  });

  it('starts another without waiting when kubectl says that it stands still', async () => {
    const world = await opened();
    await world.pass(5_000);
    world.children[0]?.says('error creating error stream for port 40001 -> 8080: Timeout occurred');
    await world.pass(200);
    expect(world.state()).toEqual(up(40_002));
    expect(world.children[0]?.running).toBe(false);
  });

  it('keeps a tunnel whose Dkron was only slow, and gives it more time from then on', async () => {
    const world = await opened();
    world.onStart(() => {});
    world.behind.set('http://127.0.0.1:40001', 2_500);
    await world.pass(6_000);
    expect(world.state()).toEqual(up(40_001));
    expect(world.children).toHaveLength(2);
    expect(world.running()).toEqual([world.children[0]]);
    await world.pass(60_000);
    expect(world.children).toHaveLength(2);
  });

  it('asks nothing while a long answer comes through', async () => {
    const world = await opened();
    world.behind.set('http://127.0.0.1:40001', 'silent');
    for (let second = 0; second < 60; second++) {
      await world.pass(500);
      world.supervisor.heard('http://127.0.0.1:40001');
    }
    expect(world.state()).toEqual(up(40_001));
  });

  it('tries again for ever, after 15 s at most', async () => {
    const world = await opened();
    await world.pass(5_000);
    world.onStart((child) => {
      for (const line of texts.noCluster) child.says(line);
      child.ends(1);
    });
    const times: number[] = [];
    let seen = world.children.length;
    world.children[0]?.ends(1);
    for (let step = 0; step < 3_000; step++) {
      if (world.children.length > seen) times.push(world.clock.now());
      seen = world.children.length;
      await world.pass(50);
    }
    const waits = times.slice(1).map((time, index) => time - times[index]! - 100);
    expect(waits.slice(0, 5)).toEqual([1_000, 2_000, 4_000, 8_000, 15_000]);
    expect(Math.max(...waits)).toBe(15_000);
    expect(world.state().text).toBe('Kubernetes at 127.0.0.1:18991 refuses the connection');
    world.onStart((child) => child.ready());
    world.supervisor.now();
    await world.pass(200);
    expect(world.state().kind).toBe('up');
  });

  it('spreads its tries, so that many do not come together', () => {
    expect([backOff(1, 0), backOff(1, 1), backOff(3, 0), backOff(9, 1)]).toEqual([
      750, 1_250, 3_000, 15_000,
    ]);
  });

  it('does not start more than one a second, however short they live', async () => {
    const world = await opened();
    world.onStart((child) => {
      child.ready();
      world.clock.after(60, () => child.ends(1));
    });
    world.children[0]?.ends(1);
    await world.pass(30_000);
    expect(world.children.length).toBeLessThanOrEqual(32);
    expect(world.children.length).toBeGreaterThan(20);
  });

  it('does not repeat what the cluster refuses, until somebody asks for it', async () => {
    const world = scripted();
    world.onStart((child) => {
      child.says(texts.rbac[0]);
      child.ends(1);
    });
    await world.pass(600_000, 1_000);
    expect(world.children).toHaveLength(1);
    expect(world.state()).toMatchObject({
      kind: 'refused',
      text: 'the cluster does not allow jane to create pods/portforward in namespace mobility',
    });
    world.move('another network');
    await world.sleep(3_600_000);
    expect(world.children).toHaveLength(1);
    world.onStart((child) => child.ready());
    world.supervisor.now();
    expect(world.state().kind).toBe('starting');
    await world.pass(200);
    expect(world.state().kind).toBe('up');
  });

  it('says where there is no kubectl, and does not go on looking for it', async () => {
    const world = scripted();
    world.onStart((child) => child.ends(127));
    await world.pass(60_000);
    expect(world.children).toHaveLength(1);
    expect(world.state()).toEqual({
      kind: 'refused',
      text: 'there is no kubectl on the PATH',
      next: 'Install kubectl, or reach Dkron another way and give its address with --url.',
    });
  });

  it('starts another at once when the machine wakes, and keeps the old one if that answers', async () => {
    const world = await opened();
    await world.pass(5_000);
    world.behind.set('http://127.0.0.1:40001', 'silent');
    await world.sleep(3_600_000);
    expect(world.children).toHaveLength(2);
    await world.pass(200);
    expect(world.state()).toEqual(up(40_002));
    await world.pass(5_000);
    await world.sleep(3_600_000);
    await world.pass(100);
    expect(world.state()).toEqual(up(40_002));
    expect(world.running()).toEqual([world.children[1]]);
  });

  it.each([
    ['wakes', (world: ReturnType<typeof scripted>) => world.sleep(60_000)],
    [
      'wakes with an earlier clock',
      (world: ReturnType<typeof scripted>) => world.sleep(-3_600_000),
    ],
    [
      'gets another network',
      async (world: ReturnType<typeof scripted>) => {
        world.move('office');
        await world.pass(1_000);
      },
    ],
  ])('does not wait for the end of a pause when the machine %s', async (_, happens) => {
    const world = scripted();
    world.onStart((child) => child.ends(1));
    await world.pass(20_000);
    const { state, children } = world;
    expect(state()).toMatchObject({ kind: 'down' });
    const before = children.length;
    world.onStart((child) => child.ready());
    await happens(world);
    expect(children.length).toBe(before + 1);
    await world.pass(200);
    expect(state().kind).toBe('up');
  });

  it('is back within 2 s of the path, though it has waited for long', async () => {
    const world = await opened();
    await world.pass(5_000);
    world.reach('never');
    // kubectl cannot connect: it says nothing, and waits.
    world.onStart(() => {});
    world.behind.set('http://127.0.0.1:40001', 'silent');
    await world.pass(90_000);
    expect(world.state().kind).not.toBe('up');
    world.reach('at once');
    world.onStart((child) => child.ready());
    await world.pass(2_000);
    expect(world.state().kind).toBe('up');
  });

  it('does not try more often where Kubernetes is in reach, and something else fails', async () => {
    const world = scripted();
    world.onStart((child) => child.ends(1));
    await world.pass(120_000);
    expect(world.children.length).toBeLessThan(14);
  });

  it('gives up one that never begins to forward, and one behind which nothing answers', async () => {
    const world = scripted();
    await world.pass(75_500, 500);
    expect(world.running()).toEqual([]);
    expect(world.state().text).toBe('kubectl has not begun to forward within 75 s');
    world.onStart((child) => {
      world.behind.set(child.origin, 'breaks');
      child.ready();
    });
    await world.pass(22_000);
    expect(world.state().text).toBe('kubectl forwards, but nothing answers behind it');
    expect(world.probes.length).toBeLessThan(50);
  });

  it('gives up at once one of which kubectl says why nothing answers, though it goes on', async () => {
    const world = scripted();
    world.onStart((child) => {
      world.behind.set(child.origin, 'silent');
      child.ready();
      child.says(
        'error forwarding port 8080 to pod 8a1b, uid : exit status 1: socat[321] E connect: Connection refused',
      );
    });
    await world.pass(150);
    expect(world.state()).toMatchObject({
      kind: 'down',
      text: 'in the pod nothing listens on port 8080',
    });
    expect(world.running()).toEqual([]);
    expect(world.asking()).toBe(0);
  });

  it('asks once a second while it is watched, and keeps warm what nobody watches', async () => {
    const world = await opened();
    const asked = async (ms: number) => {
      const before = world.probes.length;
      await world.pass(ms);
      return world.probes.length - before;
    };
    expect(await asked(10_200)).toBe(9);
    world.supervisor.watched(false);
    expect(await asked(100_000)).toBe(2);
    const times = world.probes.slice(-2).map(({ at }) => at);
    expect(times[1]! - times[0]!).toBeLessThan(50_000);
    const before = world.probes.length;
    world.supervisor.watched(true);
    expect(world.probes.length - before).toBe(1);
  });

  it('ends everything when it is closed, at any moment', async () => {
    for (let moment = 0; moment < 4_000; moment += 130) {
      const world = await opened();
      world.behind.set('http://127.0.0.1:40001', 'silent');
      await world.pass(moment);
      await world.supervisor.close();
      expect(world.running()).toEqual([]);
      await world.pass(50);
      expect(world.asking()).toBe(0);
      await world.pass(30_000, 1_000);
      expect(world.clock.waiting()).toEqual([]);
      expect(world.running()).toEqual([]);
    }
  });

  it('leaks nothing in 24 hours of a tunnel that flaps', async () => {
    const world = await opened();
    // The same on every run: a small generator of numbers.
    let seed = 7;
    const dice = (): number => {
      seed = (seed * 16_807) % 2_147_483_647;
      return seed / 2_147_483_647;
    };
    world.onStart((child) => {
      if (dice() < 0.3) return child.ends(1);
      if (dice() < 0.1) return;
      if (dice() < 0.2) world.behind.set(child.origin, 'silent');
      child.ready();
    });
    const until = world.clock.now() + 24 * 3_600_000;
    let most = { running: 0, asking: 0, waiting: 0 };
    let seen = 0;
    while (world.clock.now() < until) {
      await world.pass(10_000, 1_000);
      const last = world.running().at(-1);
      const happens = dice();
      if (last !== undefined && happens < 0.2) last.ends(1);
      else if (last !== undefined && happens < 0.4) world.behind.set(last.origin, 'silent');
      else if (happens < 0.42) await world.sleep(600_000);
      most = {
        running: Math.max(most.running, world.running().length),
        asking: Math.max(most.asking, world.asking()),
        waiting: Math.max(most.waiting, world.clock.waiting().length),
      };
      if (world.state().kind === 'up') seen++;
    }
    expect(world.children.length).toBeGreaterThan(1_000);
    expect(seen).toBeGreaterThan(1_000);
    expect(most.running).toBeLessThanOrEqual(2);
    expect(most.asking).toBeLessThanOrEqual(2);
    expect(most.waiting).toBeLessThanOrEqual(6);
    await world.supervisor.close();
    expect(world.running()).toEqual([]);
  });
});
