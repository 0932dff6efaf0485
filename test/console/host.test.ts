import { expect, it, onTestFinished, vi } from 'vitest';
import type { Terminal } from '../../src/console/effects/terminal.ts';
import { type OpenSession, openHost, type Stage } from '../../src/console/host.ts';
import { createStore } from '../../src/console/store.ts';
import { started } from './states.ts';

/** Sessions that end when a test says so. */
function hosting() {
  const opened: { stage: Stage; end: (lines: string[]) => void; ended: boolean }[] = [];
  const attached: [string, Terminal][] = [];
  const named =
    (label: string): OpenSession =>
    (stage) => {
      const { promise, resolve } = Promise.withResolvers<string[]>();
      const one = { stage, end: resolve, ended: false };
      opened.push(one);
      return {
        store: createStore(started({ label }), () => {}),
        attach: (terminal) => attached.push([label, terminal]),
        begun: Promise.resolve(),
        underway: () => `${label} writes`,
        close: (giveUp) => {
          one.ended = true;
          giveUp.addEventListener('abort', () => resolve([`${label}: given up`]));
          return promise;
        },
      };
    };
  const host = openHost(named('a'));
  const label = () => host.session().store.state().setting.label;
  return { host, opened, attached, label, named };
}
const terminal = {} as Terminal;

it('shows the first, and another in its place with the same terminal', () => {
  const { host, opened, attached, label, named } = hosting();
  const told = vi.fn();
  onTestFinished(host.subscribe(told));
  expect(label()).toBe('a');
  host.attach(terminal);
  opened[0]!.stage.replace(named('b'));
  expect(label()).toBe('b');
  expect(told).toHaveBeenCalledTimes(1);
  expect(attached).toEqual([
    ['a', terminal],
    ['b', terminal],
  ]);
});

it('says in the shown one what became of the changes of the one before', async () => {
  const { host, opened, named } = hosting();
  opened[0]!.stage.replace(named('b'));
  expect(host.underway()).toBe('a writes, b writes');
  opened[0]!.end(['etl: written and verified']);
  const { state } = host.session().store;
  await vi.waitFor(() => expect(state().flash?.text).toBe('etl: written and verified'));
  expect(host.underway()).toBe('b writes');
});

it('shows one over another, which goes on below and is shown again', () => {
  const { host, opened, attached, label, named } = hosting();
  host.attach(terminal);
  opened[0]!.stage.cover(named('b'));
  expect(label()).toBe('b');
  expect(opened[0]!.ended).toBe(false);
  expect(host.underway()).toBe('a writes, b writes');
  opened[1]!.stage.leave();
  expect(label()).toBe('a');
  expect(opened.map(({ ended }) => ended)).toEqual([false, true]);
  expect(attached.map(([name]) => name)).toEqual(['a', 'b', 'a']);
});

it('lets only the shown one cover itself, the last one never leave, and one below be replaced there', () => {
  const { opened, label, named } = hosting();
  opened[0]!.stage.leave();
  opened[0]!.stage.cover(named('b'));
  opened[0]!.stage.cover(named('c'));
  expect(label()).toBe('b');
  opened[0]!.stage.replace(named('d'));
  expect(label()).toBe('b');
  opened[1]!.stage.leave();
  opened[1]!.stage.leave();
  expect(label()).toBe('d');
});

it('waits for all of them when it is closed, until it is told to give up', async () => {
  const { host, opened, label, named } = hosting();
  opened[0]!.stage.replace(named('b'));
  opened[1]!.stage.cover(named('c'));
  const givingUp = new AbortController();
  const closing = host.close(givingUp.signal);
  opened[2]!.stage.replace(named('d'));
  expect(label()).toBe('c');
  opened[1]!.end(['b: written and verified']);
  givingUp.abort();
  expect(await closing).toEqual(['a: given up', 'b: written and verified', 'c: given up']);
});
