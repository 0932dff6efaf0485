import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { editorCommand } from '../../src/terminal/editor.ts';
import { closeScreens, startScreen } from '../support/screen.ts';

afterEach(closeScreens);
const folder = mkdtempSync(join(tmpdir(), 'dkron tui editor-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** An editor of one line, read from the terminal as it is in cooked mode. */
const editor = join(folder, 'ed.sh');
writeFileSync(
  editor,
  'printf "%s? " "$1"; read -r line; [ "$line" = fail ] && exit 3; echo "$line" > "$2"\n',
);

const script = fileURLToPath(new URL('../support/suspend-app.ts', import.meta.url));
const start = async (env: Record<string, string> = {}) => {
  const screen = await startScreen({
    script,
    env: {
      EDITOR: `sh '${editor}' line`,
      NODE_OPTIONS: '--disable-warning=ExperimentalWarning',
      ...env,
    },
  });
  await screen.waitFor('ready');
  return screen;
};

describe('an editor', () => {
  it('gets the whole terminal, and gives it back', async () => {
    const screen = await start();
    for (const word of ['first', 'second']) {
      await screen.press('e');
      await screen.waitFor('line?');
      expect(screen.alternate()).toBe(false);
      await screen.type(`${word} line\r`);
      await screen.waitFor(`edited ${word} line`);
      expect(screen.alternate()).toBe(true);
    }
    await screen.press('k');
    expect(screen.text()).toBe('key k');
    await screen.press('q');
    expect(await screen.ended()).toEqual({ status: 0, left: [] });
  });

  it.each([
    ['bare', (path: string) => path],
    ['in quotes', (path: string) => `'${path}'`],
    ['with backslashes', (path: string) => path.replaceAll(' ', '\\ ')],
  ])('whose path has a space in it is found, named %s', async (_, named) => {
    const path = join(folder, 'my ed');
    writeFileSync(path, '#!/bin/sh\necho spaced > "$1"\n', { mode: 0o755 });
    const screen = await start({ EDITOR: named(path) });
    await screen.press('e');
    await screen.waitFor('edited spaced');
  });

  it('that is interrupted does not end the console', async () => {
    const screen = await start();
    await screen.press('e');
    await screen.waitFor('line?');
    await screen.press('ctrl-c');
    await screen.waitFor('was ended by SIGINT');
    await screen.press('k');
    expect(screen.text()).toBe('key k');
  });

  it.each([
    ['no-such-editor', 'the editor "no-such-editor" was not found'],
    ['false', 'the editor "false" ended with status 1'],
    ['/dev/null', 'the editor "/dev/null" is not a program that this user may run'],
  ])('%s that fails is named', async (name, message) => {
    const screen = await start({ VISUAL: name });
    await screen.press('e');
    await screen.waitFor(message);
  });
});

describe('Ctrl-Z', () => {
  it('gives the terminal to the shell, and fg brings the console back', async () => {
    const screen = await start();
    await screen.press('k');
    for (let time = 0; time < 2; time += 1) {
      await screen.press('ctrl-z');
      expect(await screen.stopped()).toEqual({ status: 148, left: [] });
      await screen.foreground();
      await screen.waitFor(`key ${time === 0 ? 'k' : 'j'}`);
      await screen.press('j');
      expect(screen.text()).toBe('key j');
    }
    await screen.press('q');
    expect(await screen.ended()).toEqual({ status: 0, left: [] });
  });
});

describe('editorCommand', () => {
  it.each([
    [{ VISUAL: 'code -w', EDITOR: 'nano' }, 'code -w'],
    [{ VISUAL: '', EDITOR: 'nano' }, 'nano'],
    [{}, 'vi'],
  ])('of %j is %s', (env, command) => {
    expect(editorCommand(env)).toBe(command);
  });
});
