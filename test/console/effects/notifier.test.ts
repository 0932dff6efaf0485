import { expect, it } from 'vitest';
import { createNotifier } from '../../../src/console/effects/notifier.ts';
import { ran, seen, start } from '../../oversight/watch/seen.ts';

it('is heard when jobs change, from the second look on, several at once as one', () => {
  const heard: string[] = [];
  const judged = createNotifier(
    { notify: 'bell', label: 'PROD', context: null },
    'http://dkron',
    () => ({
      notify: (how, text) => heard.push(`${how} ${text}`),
    }),
  );
  const b = { ...ran(5, 0), name: 'b' };
  judged(seen([ran(5, 0), b], { now: start }));
  judged(seen([ran(5, 0), b]));
  expect(heard).toEqual([]);
  judged(seen([ran(5, 1, 'failed'), b]));
  expect(heard).toEqual(['bell PROD: a: it failed; before that it went well']);
  judged(seen([ran(6, 1), { ...ran(5, 1, 'failed'), name: 'b' }]));
  expect(heard[1]).toBe('bell PROD: a: it went well; before that it failed, and 1 other change');
});
