import { expect, it } from 'vitest';
import { Unreachable } from '../../src/base/errors.ts';
import { straight } from '../../src/dkron/dispatcher.ts';
import { routeTo } from '../../src/dkron/route.ts';
import { routeThrough } from '../../src/forward/route.ts';
import { of, scripted } from './scripted.ts';

/** A route by a port-forward that the test moves. */
function behind() {
  const world = scripted();
  const address = { ...routeTo('http://dkron.mobility:8080'), line: async () => straight };
  return { world, route: routeThrough(address, of, world.supervisor, world.clock) };
}

const settled = <T>(work: Promise<T>) =>
  Promise.race([work.catch((error: unknown) => error), Promise.resolve('waits')]);

it('waits for the place while it is made, and has the next one when that is lost', async () => {
  const { world, route } = behind();
  const place = route.place();
  expect(await settled(place)).toBe('waits');
  world.onStart((child) => child.ready());
  await world.pass(200);
  expect(await place).toEqual({ origin: 'http://127.0.0.1:40001', base: '' });
  await world.pass(5_000);
  world.children[0]?.ends(1);
  const next = route.place();
  expect(await settled(next)).toBe('waits');
  await world.pass(200);
  expect(await next).toEqual({ origin: 'http://127.0.0.1:40002', base: '' });
});

it('waits no longer than half a minute, nor than the signal', async () => {
  const { world, route } = behind();
  await world.pass(200);
  const waiting = world.clock.waiting().length;
  const leaving = new AbortController();
  const left = route.place(leaving.signal);
  const long = route.place().catch((error: unknown) => error);
  leaving.abort(new Error('left'));
  await expect(left).rejects.toThrow('left');
  await world.pass(30_000, 500);
  expect(await long).toEqual(expect.any(Unreachable));
  expect(await long).toMatchObject({
    message: 'http://dkron.mobility:8080 cannot be reached: starting kubectl port-forward',
    next: 'This shows what kubectl says: kubectl --context=prod --namespace=mobility port-forward --address=127.0.0.1 -- svc/dkron :8080',
  });
  expect(world.clock.waiting()).toHaveLength(waiting);
});

it('says at once why there is none', async () => {
  const { world, route } = behind();
  world.children[0]?.says('error: context "prod" does not exist');
  world.children[0]?.ends(1);
  await expect(route.place()).rejects.toMatchObject({
    message: 'http://dkron.mobility:8080 cannot be reached: kubectl knows no context prod',
    next: "'kubectl config get-contexts' lists them. Then try again.",
  });
});

it('goes straight to this machine, whatever stands between it and others', () => {
  const { route } = behind();
  expect(route).not.toHaveProperty('line');
  expect(route.url).toBe('http://dkron.mobility:8080');
});
