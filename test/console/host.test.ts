import { expect, it, onTestFinished, vi } from 'vitest';
import { bareTarget, type Target } from '../../src/config/target.ts';
import type { Terminal } from '../../src/console/effects/terminal.ts';
import { openHost } from '../../src/console/host.ts';
import type { Session } from '../../src/console/session.ts';
import { createStore } from '../../src/console/store.ts';
import { started } from './states.ts';

/** Sessions that end when a test says so. */
function hosting() {
  const opened: {
    target: Target;
    show: (target: Target) => void;
    end: (lines: string[]) => void;
  }[] = [];
  const attached: [string, Terminal][] = [];
  const host = openHost((target, show): Session => {
    const { promise, resolve } = Promise.withResolvers<string[]>();
    opened.push({ target, show, end: resolve });
    return {
      store: createStore(started({ label: target.url }), () => {}),
      attach: (terminal) => attached.push([target.url, terminal]),
      underway: () => `${target.url} writes`,
      close: (giveUp) => {
        giveUp.addEventListener('abort', () => resolve([`${target.url}: given up`]));
        return promise;
      },
    };
  }, bareTarget('a'));
  const label = () => host.session().store.state().setting.label;
  return { host, opened, attached, label };
}
const terminal = {} as Terminal;

it('shows the first, and another in its place with the same terminal', () => {
  const { host, opened, attached, label } = hosting();
  const told = vi.fn();
  onTestFinished(host.subscribe(told));
  expect(label()).toBe('a');
  host.attach(terminal);
  opened[0]!.show(bareTarget('b'));
  expect(label()).toBe('b');
  expect(told).toHaveBeenCalledTimes(1);
  expect(attached).toEqual([
    ['a', terminal],
    ['b', terminal],
  ]);
});

it('says in the shown one what became of the changes of the one before', async () => {
  const { host, opened } = hosting();
  opened[0]!.show(bareTarget('b'));
  expect(host.underway()).toBe('a writes, b writes');
  opened[0]!.end(['etl: written and verified']);
  const { state } = host.session().store;
  await vi.waitFor(() => expect(state().flash?.text).toBe('etl: written and verified'));
  expect(host.underway()).toBe('b writes');
});

it('waits for all of them when it is closed, until it is told to give up', async () => {
  const { host, opened, label } = hosting();
  opened[0]!.show(bareTarget('b'));
  const givingUp = new AbortController();
  const closing = host.close(givingUp.signal);
  opened[1]!.show(bareTarget('c'));
  expect(label()).toBe('b');
  opened[1]!.end(['b: written and verified']);
  givingUp.abort();
  expect(await closing).toEqual(['a: given up', 'b: written and verified']);
});
