/**
 * Copying through the terminal (OSC 52), which also works over ssh. Whether the terminal listens
 * cannot be asked, so say that the text was sent, not that it was copied.
 */
import { counted } from '../base/counted.ts';

type Environment = Readonly<Record<string, string | undefined>>;

export interface Copy {
  /** What to write to the terminal; null where there is nothing to send. */
  readonly sequence: string | null;
  /** What an operator is told. */
  readonly said: string;
}

/** Terminals drop longer sequences (xterm and tmux at about 100 000 bytes); k9s sends as much. */
const limit = 74_994;
/** So much text is that in base64, in kB. */
const limitText = 56;
/** GNU screen drops strings of more than 768 bytes; the commands around a piece count, too. */
const piece = 256;

export function copyOf(text: string, env: Environment): Copy {
  const encoded = Buffer.from(text, 'utf8').toString('base64');
  if (/^(?:linux|dumb)$/.test(env['TERM'] ?? ''))
    return none(`this terminal (${env['TERM']}) has no clipboard`);
  if (encoded.length > limit)
    return none(`not sent: terminals take ${limitText} kB at most for their clipboard`);
  const plain = `\x1b]52;c;${encoded}\x07`;
  const count = [...text].length;
  const said = `sent ${counted(count, 'character')} to the terminal’s clipboard`;
  return {
    sequence: through(plain, env),
    said: [said, ...between(env).flatMap(({ doubt }) => doubt ?? [])].join('; '),
  };
}

const none = (said: string): Copy => ({
  sequence: null,
  said: `${said}; where a text is shown, ctrl-s saves it to a file`,
});

interface Way {
  readonly wrap: (sequence: string) => string;
  /** Why it may not arrive. */
  readonly doubt?: string;
}

const straight: Way = { wrap: (sequence) => sequence };

/** Takes the plain sequence itself with `set-clipboard on`, or passes the wrapped one on. */
const tmux: Way = {
  wrap: (sequence) => `\x1bPtmux;${sequence.replaceAll('\x1b', '\x1b\x1b')}\x1b\\`,
  doubt: 'tmux needs set-clipboard on',
};

/** Passes on what comes in device control strings, in pieces. */
const screen: Way = {
  wrap: (sequence) =>
    (sequence.match(new RegExp(`.{1,${piece}}`, 'gs')) ?? [])
      .map((part) => `\x1bP${part}\x1b\\`)
      .join(''),
  doubt: 'GNU screen may drop it',
};

/** A sequence as it gets through to the terminal, whatever stands between. */
export const through = (sequence: string, env: Environment): string =>
  between(env)
    .map(({ wrap }) => wrap(sequence))
    .join('');

/** What stands between us and the terminal. Over ssh only TERM tells of GNU screen, and of old tmux. */
function between(env: Environment): readonly Way[] {
  if (env['TMUX'] && env['STY']) return [straight, tmux, screen];
  if (env['TMUX']) return [straight, tmux];
  if (env['STY']) return [screen];
  return env['TERM']?.startsWith('screen') ? [straight, screen] : [straight];
}
