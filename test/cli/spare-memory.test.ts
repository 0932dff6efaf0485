import { setTimeout as sleep } from 'node:timers/promises';
import { cachedDataVersionTag } from 'node:v8';
import { expect, test } from 'vitest';
import {
  asStarted,
  loadAsStarted,
  sparedChanging,
  sparedPassing,
  sparedWatching,
} from '../../src/cli/spare-memory.ts';

const whileWorking = async (): Promise<number> => cachedDataVersionTag();
const broken = (): never => {
  throw new Error('no such script');
};
const failing = (): Promise<number> => Promise.reject(new Error('the server is gone'));

test('memory is spared while the work is done, and then V8 is as it started: so its code is kept', async () => {
  const before = cachedDataVersionTag();
  expect(await sparedPassing(whileWorking)).not.toBe(before);
  expect(cachedDataVersionTag()).toBe(before);
  expect(await sparedChanging(2_500, whileWorking)).not.toBe(before);
  expect(cachedDataVersionTag()).toBe(before);
  await expect(sparedChanging(2_500, failing)).rejects.toThrow('the server is gone');
  expect(cachedDataVersionTag()).toBe(before);
});

test('it is not spared for a few', async () => {
  const before = cachedDataVersionTag();
  expect(await sparedChanging(2_499, whileWorking)).toBe(before);
});

/** What a console does once it has started. */
const watching = (work: () => Promise<void>): Promise<void> =>
  sparedWatching(async () => {
    await sleep(20);
    await work();
  }, 1);

test('a console starts as V8 does', async () => {
  const before = cachedDataVersionTag();
  expect(await sparedWatching(whileWorking)).toBe(before);
  await expect(sparedWatching(failing)).rejects.toThrow('the server is gone');
  expect(cachedDataVersionTag()).toBe(before);
});

test('in the midst of what a console does code is kept as of a V8 that just started', async () => {
  const before = cachedDataVersionTag();
  await watching(async () => {
    const spared = cachedDataVersionTag();
    expect(spared).not.toBe(before);
    expect(await asStarted(whileWorking)).toBe(before);
    expect(cachedDataVersionTag()).toBe(spared);
    expect(loadAsStarted(cachedDataVersionTag)).toBe(before);
    expect(() => loadAsStarted(broken)).toThrow('no such script');
    expect(cachedDataVersionTag()).toBe(spared);
  });
  expect(cachedDataVersionTag()).toBe(before);
});

test('of two that are kept at once the first to end leaves the other as it is, and the last the console', async () => {
  const before = cachedDataVersionTag();
  await watching(async () => {
    const spared = cachedDataVersionTag();
    const [one, other] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const [first, second] = [asStarted(() => one.promise), asStarted(() => other.promise)];
    one.resolve();
    await first;
    expect(cachedDataVersionTag()).toBe(before);
    other.resolve();
    await second;
    expect(cachedDataVersionTag()).toBe(spared);
  });
  expect(cachedDataVersionTag()).toBe(before);
});
