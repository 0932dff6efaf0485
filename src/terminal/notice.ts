/** Making oneself heard through the terminal: it rings, or shows a message of the desktop (OSC 9). */
import type { NoticeName } from '../config/looks.ts';
import { through } from './clipboard.ts';

/** What to write to the terminal. The text may be of a server: no part of it is a command of the terminal's. */
export function noticeOf(
  how: NoticeName,
  text: string,
  env: Readonly<Record<string, string | undefined>>,
): string {
  if (how === 'none') return '';
  return how === 'bell' ? '\x07' : through(`\x1b]9;${messageOf(text)}\x07`, env);
}

/** Terminals show no more; characters. */
const most = 200;

/** `4;…` would be how far something is (tab-progress.ts), and other numbers other commands of ConEmu's. */
function messageOf(text: string): string {
  const shown = text.replace(/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]+/gu, ' ').trim();
  return [...(/^\d+(?:;|$)/.test(shown) ? `dkron: ${shown}` : shown)].slice(0, most).join('');
}
