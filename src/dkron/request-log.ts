/** Requests as the log has them: what was asked, how it went, how long it took, how much came. */
import type { Log } from '../base/log.ts';
import { withoutUserinfo } from '../base/userinfo.ts';
import type { Route } from './route.ts';
import { conceal } from './secrets.ts';
import { type Ask, methodOf } from './wire.ts';

export interface RequestNotes {
  /** No answer began. */
  failed(error: unknown): void;
  /** So many bytes of an answer were read; `error` is null where that was all of it. */
  ended(status: number, bytes: number, error: unknown): void;
}

/** One line a request; never a body, a header, or a value of a query that may hold data. */
export function requestNotes(log: Log, route: Route, ask: Ask): RequestNotes {
  const began = performance.now();
  const note = (came: Readonly<Record<string, unknown>>): void => {
    const ms = Math.round(performance.now() - began);
    log.note('request', () => ({
      method: methodOf(ask),
      path: shownPath(ask.path),
      ms,
      ...came,
    }));
  };
  return {
    failed: (error) => note({ error: wordsOf(error, route) }),
    ended: (status, bytes, error) =>
      note({ status, bytes, ...(error === null ? {} : { error: wordsOf(error, route) }) }),
  };
}

/** The path with `***` for each value of its query that is not a number or a flag. */
const shownPath = (path: string): string =>
  path.replaceAll(/(?<=[?&][^=&]*=)(?!-?\d+(?:&|$)|true(?:&|$)|false(?:&|$))[^&]*/g, '***');

function wordsOf(error: unknown, route: Route): string {
  const text = error instanceof Error ? error.message : String(error);
  return withoutUserinfo(conceal(text, route.secrets())).slice(0, 300);
}
