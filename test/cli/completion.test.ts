import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { run } from './run.ts';

/** What bash offers for the last of these words. */
async function offered(...words: string[]): Promise<string[]> {
  const { stdout: script } = await run(['completion', 'bash']);
  const line = ['dkron-tui', ...words].map((word) => `'${word}'`).join(' ');
  // The words that it would print, in place of the program.
  const names = `dkron-tui() { [ "$*" = 'contexts list --names' ] && printf 'local\\nprod\\n'; }`;
  const ask = `${names}; COMP_WORDS=(${line}); COMP_CWORD=${words.length}; _dkron_tui; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const { stdout, stderr } = spawnSync('bash', ['-c', `${script}\n${ask}`], { encoding: 'utf8' });
  expect(stderr).toBe('');
  return stdout.split('\n').filter((word) => word !== '');
}

test('bash completes commands, and the options of the one that is there', async () => {
  expect(await offered('jo')).toEqual(['jobs', 'job', 'journal']);
  expect(await offered('executions', '--l')).toEqual(['--limit', '--log']);
  expect(await offered('set-schedule', '--ti')).toEqual(['--timezone']);
  expect(await offered('job', '--u')).toEqual(['--url']);
});

test('bash completes the names of contexts', async () => {
  expect(await offered('--context', '')).toEqual(['local', 'prod']);
  expect(await offered('jobs', '--context', 'p')).toEqual(['prod']);
  expect(await offered('contexts', 'use', 'l')).toEqual(['local']);
  expect(await offered('contexts', 'us')).toEqual(['use']);
  expect(await offered('schedule', 'use', '')).not.toContain('local');
});

test('every command stands in the scripts of all shells', async () => {
  const { stdout: help } = await run(['--help']);
  const [, list = ''] = help.split('\nCommands:\n');
  const commands = [...list.matchAll(/^ {2}([a-z-]+) /gm)].map(([, name]) => name);
  expect(commands.length).toBeGreaterThan(5);
  for (const shell of ['bash', 'zsh', 'fish']) {
    const { code, stdout } = await run(['completion', shell]);
    expect(code).toBe(0);
    for (const command of commands.filter((name) => name !== 'help'))
      expect(stdout).toContain(command);
  }
});

test('another shell is a usage error', async () => {
  const { code, stderr } = await run(['completion', 'csh']);
  expect(code).toBe(2);
  expect(stderr).toContain(
    "value 'csh' is invalid for argument 'shell'. Allowed choices are bash, zsh, fish",
  );
});
