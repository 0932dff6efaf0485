/** What a client shows to be let in, and to whom. */
import { expect, it, onTestFinished } from 'vitest';
import { NotDkron, Refused } from '../../src/base/errors.ts';
import { createClient } from '../../src/dkron/client.ts';
import { type Headers, type Route, routeTo } from '../../src/dkron/route.ts';
import { type Script, serve } from './scripted.ts';

const node = { body: '{"agent":{"name":"n1","version":"4.1.2"},"serf":{},"tags":{}}' };

/** A client whose source holds these tokens one after the other. */
async function clientWith(tokens: readonly string[], script: Script) {
  const { url, came } = await serve(script);
  let at = 0;
  const headers = async (refused?: Headers): Promise<Headers> => {
    if (refused !== undefined && at < tokens.length - 1) at++;
    return { authorization: `Bearer ${tokens[at]}` };
  };
  const route: Route = { ...routeTo(url), headers, secrets: () => tokens };
  const client = createClient({ route });
  onTestFinished(() => client.close());
  return { client, came, shown: () => came.map((one) => one.headers['authorization']) };
}

const accepts =
  (token: string): Script =>
  ({ headers }) =>
    headers['authorization'] === `Bearer ${token}` ? node : { status: 401, whom: null, body: 'no' };

it('asks once more when its credentials are refused, with those that it has now', async () => {
  const { client, shown } = await clientWith(['old', 'new'], accepts('new'));
  await client.server();
  expect(shown()).toEqual(['Bearer old', 'Bearer new']);
});

it('asks no third time', async () => {
  const { client, shown } = await clientWith(['old', 'older', 'new'], accepts('new'));
  await expect(client.server()).rejects.toBeInstanceOf(Refused);
  expect(shown()).toEqual(['Bearer old', 'Bearer older']);
});

it('asks no second time with what was refused', async () => {
  const { client, shown } = await clientWith(['old'], accepts('new'));
  await expect(client.server()).rejects.toBeInstanceOf(Refused);
  expect(shown()).toEqual(['Bearer old']);
});

it.each([301, 302, 303, 307, 308])('follows no redirect, %i', async (status) => {
  const other = await serve(() => node);
  const { client, came } = await clientWith(['token'], () => ({
    status,
    headers: { location: `${other.url}/v1` },
  }));
  await expect(client.server()).rejects.toBeInstanceOf(NotDkron);
  expect(came).toHaveLength(1);
  expect(other.came).toEqual([]);
});

it('waits for its credentials no longer than the one who asked', async () => {
  const { url } = await serve(() => node);
  const route: Route = { ...routeTo(url), headers: () => new Promise(() => {}) };
  const client = createClient({ route });
  onTestFinished(() => client.close());
  const giveUp = new AbortController();
  const answer = client.server({ signal: giveUp.signal });
  giveUp.abort(new Error('left'));
  await expect(answer).rejects.toThrow('left');
});
