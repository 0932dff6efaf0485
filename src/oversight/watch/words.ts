/** An event in words, and as programs read it. */
import { rfc3339 } from '../../view/short.ts';
import type { Found, Kind, WatchEvent } from './model.ts';

const said: Readonly<Record<Kind, string>> = {
  regression: 'it failed; before that it went well',
  fixed: 'it went well; before that it failed',
  missed: 'it did not run when it was due',
  stuck: 'a run of it has no end, and nobody runs it',
  slow: 'it takes longer than it used to',
};

export const eventWords = ({ kind, why }: Pick<Found, 'kind' | 'why'>): string =>
  why === '' ? said[kind] : `${said[kind]}: ${why}`;

/** Which watch of which cluster tells it. */
export interface Teller {
  readonly watch: string;
  readonly server: string;
  readonly cluster: { readonly id: string; readonly name: string };
}

export const eventJson = (event: WatchEvent, teller: Teller) => ({
  id: event.id,
  kind: event.kind,
  job: event.job,
  at: rfc3339(event.at, 'UTC'),
  seen: rfc3339(event.seen, 'UTC'),
  text: eventWords(event),
  ...teller,
});
