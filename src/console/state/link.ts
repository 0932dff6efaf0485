/** Why the server is lost, in words. */
import type { State } from './model.ts';

/** Why the server is lost, without the address, which stands beside it; "" when it is not. */
export const lostReason = ({ link, setting }: State): string =>
  link.kind === 'lost'
    ? withoutStart(link.reason, setting.url).replace(/^:? (cannot be reached: )?/, '')
    : '';

const withoutStart = (text: string, start: string): string =>
  text.startsWith(start) ? text.slice(start.length) : text;

/** What it most likely is when a port of this machine refuses; "" for any other reason. */
export const portForwardHint = (state: State): string =>
  lostReason(state) === 'connection refused' && isHere(state.setting.url)
    ? 'is the port-forward up?'
    : '';

const isHere = (url: string): boolean => /^https?:\/\/(localhost|127\.|\[::1\])/.test(url);
