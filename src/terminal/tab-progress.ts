/**
 * How far something is, in the tab or the task bar of the terminal (OSC 9;4, ConEmu's). For terminals only that
 * are known to take it: others show what begins with OSC 9 as a message, and one that is not asked
 * directly (tmux, screen) has more in its tab than this.
 */
type Environment = Readonly<Record<string, string | undefined>>;

export interface TabProgress {
  /** From 0 to 1; null: nothing is under way, or nobody knows how far. A terminal keeps what it was told last. */
  readonly show: (share: number | null) => void;
}

/** Writes only what the terminal does not show already. */
export function tabProgress(write: (text: string) => unknown, env: Environment): TabProgress {
  const takesIt = takesProgress(env);
  let shown = cleared;
  return {
    show: (share) => {
      const wanted = share === null ? cleared : `1;${Math.floor(share * 100)}`;
      if (!takesIt || wanted === shown) return;
      shown = wanted;
      write(`\x1b]9;4;${wanted}\x07`);
    },
  };
}

const cleared = '0;0';

/** Whether the terminal is one of those that are known to take it. */
export function takesProgress(env: Environment): boolean {
  const { TERM = '', TERM_PROGRAM = '', TERM_PROGRAM_VERSION = '' } = env;
  if (env['TMUX'] || env['STY'] || /^(?:tmux|screen|dumb|linux)/.test(TERM)) return false;
  if (env['WT_SESSION'] || env['ConEmuANSI'] === 'ON') return true;
  if (TERM_PROGRAM === 'iTerm.app') return isSince(TERM_PROGRAM_VERSION, [3, 6, 6]);
  return ['ghostty', 'wezterm'].includes(TERM_PROGRAM.toLowerCase()) || TERM === 'xterm-ghostty';
}

function isSince(version: string, wanted: readonly number[]): boolean {
  const numbers = version.split('.').map((part) => Number.parseInt(part, 10) || 0);
  const at = wanted.findIndex((number, index) => (numbers[index] ?? 0) !== number);
  return at < 0 || (numbers[at] ?? 0) > wanted[at]!;
}
