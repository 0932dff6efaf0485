/** A request that came to a server of the tests, passed on to one behind it. */
import { request } from 'undici';
import type { Came } from '../dkron/scripted.ts';

export interface Forwarded {
  readonly status: number;
  /** The ones that a client of Dkron reads. */
  readonly headers: Readonly<Record<string, string | string[]>>;
  readonly text: string;
}

const passedOn = ['x-whom', 'content-type', 'x-total-count'];

export async function forward(base: string, { method, path, body }: Came): Promise<Forwarded> {
  const isRead = method === 'GET';
  const answer = await request(base + path, { method, body: isRead ? null : body });
  const headers = passedOn.flatMap((name) => {
    const value = answer.headers[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return {
    status: answer.statusCode,
    headers: Object.fromEntries(headers),
    text: await answer.body.text(),
  };
}
