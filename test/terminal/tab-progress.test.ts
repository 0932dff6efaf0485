import { describe, expect, it } from 'vitest';
import { tabProgress, takesProgress } from '../../src/terminal/tab-progress.ts';

describe('the tab of a terminal', () => {
  it('is told whole percents, each once, and that it is over', () => {
    const written: string[] = [];
    const tab = tabProgress((text) => written.push(text), { TERM_PROGRAM: 'ghostty' });
    for (const share of [null, 0, 0.001, 0.25, 0.2599, 1, null, null]) tab.show(share);
    expect(written).toEqual(
      ['1;0', '1;25', '1;100', '0;0'].map((value) => `\x1b]9;4;${value}\x07`),
    );
  });

  it('is not told anything where it is not known to listen', () => {
    const written: string[] = [];
    const tab = tabProgress((text) => written.push(text), { TERM: 'xterm-256color' });
    for (const share of [0.5, null]) tab.show(share);
    expect(written).toEqual([]);
  });

  it.each<[Record<string, string>, boolean]>([
    [{}, false],
    [{ TERM: 'xterm-256color' }, false],
    [{ TERM: 'xterm-ghostty' }, true],
    [{ TERM: 'xterm-256color', TERM_PROGRAM: 'ghostty' }, true],
    [{ TERM: 'xterm-256color', TERM_PROGRAM: 'WezTerm' }, true],
    [{ TERM: 'xterm-256color', WT_SESSION: 'a-b-c' }, true],
    [{ ConEmuANSI: 'ON' }, true],
    [{ ConEmuANSI: 'OFF' }, false],
    // Before that it showed the words as a message.
    [{ TERM_PROGRAM: 'iTerm.app', TERM_PROGRAM_VERSION: '3.6.5' }, false],
    [{ TERM_PROGRAM: 'iTerm.app', TERM_PROGRAM_VERSION: '3.6.6' }, true],
    [{ TERM_PROGRAM: 'iTerm.app', TERM_PROGRAM_VERSION: '3.10.0beta' }, true],
    [{ TERM_PROGRAM: 'iTerm.app' }, false],
    [{ TERM_PROGRAM: 'Apple_Terminal' }, false],
    // Its tab has other windows, too.
    [{ TERM: 'tmux-256color', TERM_PROGRAM: 'tmux', WT_SESSION: 'a' }, false],
    [{ TERM: 'xterm-ghostty', TMUX: '/tmp/tmux-1/default,1,0' }, false],
    [{ TERM: 'screen', WT_SESSION: 'a' }, false],
    [{ TERM: 'dumb', WT_SESSION: 'a' }, false],
  ])('of %j listens: %s', (env, expected) => {
    expect(takesProgress(env)).toBe(expected);
  });
});
