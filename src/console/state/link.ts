/** Why the server is lost, in words. */
import type { State, Trouble } from './model.ts';

/** Why the server is lost, without the address, which stands beside it; "" when it is not. */
export const lostReason = ({ link, setting }: State): string =>
  link.kind === 'lost'
    ? withoutStart(link.reason, setting.url).replace(/^:? ?(cannot be reached: )?/, '')
    : '';

const withoutStart = (text: string, start: string): string =>
  text.startsWith(start) ? text.slice(start.length) : text;

/** What it most likely is when a port of this machine refuses; "" for any other reason. */
export const portForwardHint = ({ link, setting }: State): string =>
  link.kind === 'lost' && link.trouble === 'refused' && isHere(setting.url)
    ? 'is the port-forward up?'
    : '';

const isHere = (url: string): boolean => /^https?:\/\/(localhost|127\.|\[::1\])/.test(url);

export interface LostWords {
  readonly long: string;
  readonly short: string;
}

/** The same by the kind of trouble, long and short. */
export function lostWords(state: State): LostWords {
  const { link } = state;
  if (link.kind !== 'lost') return { long: '', short: '' };
  return words[link.trouble](lostReason(state), portForwardHint(state));
}

const words: Readonly<Record<Trouble, (reason: string, hint: string) => LostWords>> = {
  unreachable: (reason) => ({ long: reason, short: reason }),
  refused: (reason, hint) => ({ long: [reason, hint].filter(Boolean).join(' · '), short: reason }),
  'wrong service': (reason) => {
    const who = reason.replace(/^(answers, but is not Dkron|is not Dkron): /, '');
    return { long: `wrong service, not Dkron: ${who}`, short: `wrong service: ${who}` };
  },
  'no credentials': () => ({
    long: 'unauthorised: it wants a user and a password or a token, and got none',
    short: 'unauthorised: no credentials',
  }),
  'wrong credentials': () => ({
    long: 'unauthorised: it does not accept these credentials',
    short: 'unauthorised: wrong credentials',
  }),
  forbidden: (reason) => ({ long: `forbidden: ${reason}`, short: `forbidden: ${reason}` }),
  failing: (reason) => ({ long: reason, short: reason }),
};
