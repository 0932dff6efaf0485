import { expect, it } from 'vitest';
import { lostReason, portForwardHint } from '../../../src/console/state/link.ts';
import type { Trouble } from '../../../src/console/state/model.ts';
import { now, started, told } from '../states.ts';

const lost = (reason: string, url = 'http://localhost:8080', trouble: Trouble = 'refused') =>
  told(started({ url }), { type: 'lost', trouble, reason, now, retryAt: now });

it.each([
  ['http://localhost:8080 cannot be reached: connection refused', 'connection refused'],
  ['http://localhost:8080: gone', 'gone'],
  ['gone', 'gone'],
])('%s is lost for: %s', (reason, words) => {
  expect(lostReason(lost(reason))).toBe(words);
});

it('is nothing while the server answers', () => {
  expect(lostReason(started())).toBe('');
});

it.each([
  ['http://localhost:8080', true],
  ['https://localhost:8080', true],
  ['http://127.0.0.1:8080', true],
  ['http://[::1]:8080', true],
  ['http://dkron:8080', false],
  ['http://x/?http://localhost', false],
])('a port of %s that refuses may be a port-forward: %s', (url, here) => {
  expect(portForwardHint(lost(`${url} cannot be reached: connection refused`, url)) !== '').toBe(
    here,
  );
  const other = lost(`${url} cannot be reached: no route`, url, 'unreachable');
  expect(portForwardHint(other)).toBe('');
});
