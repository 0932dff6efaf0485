import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { CorruptFile, NotFound, OperatorError } from '../../src/base/errors.ts';
import { configPath } from '../../src/config/config-path.ts';
import { noConfig, openConfig, pathIn } from '../../src/contexts/file.ts';
import { checkFile } from '../../src/contexts/targets.ts';

const folder = mkdtempSync(join(tmpdir(), 'dkron-tui-contexts-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const written = (name: string, bytes: string | Uint8Array): string => {
  writeFileSync(join(folder, name), bytes);
  return join(folder, name);
};

describe('the file of contexts', () => {
  it.each([
    [{}, null],
    [{ HOME: '/home/ops' }, '/home/ops/.config/dkron-tui/config.yaml'],
    [{ HOME: '/home/ops', XDG_CONFIG_HOME: '/etc/xdg' }, '/etc/xdg/dkron-tui/config.yaml'],
    [{ HOME: '/home/ops', XDG_CONFIG_HOME: 'x' }, '/home/ops/.config/dkron-tui/config.yaml'],
    [{ HOME: '/home/ops', DKRON_TUI_CONFIG: '/tmp/c.yaml' }, '/tmp/c.yaml'],
    [{ HOME: '/home/ops', DKRON_TUI_CONFIG: '' }, '/home/ops/.config/dkron-tui/config.yaml'],
  ])('with %j is %s', (env, path) => {
    expect(configPath(env)).toBe(path);
  });

  it.each([
    ['ca.pem', '/etc/dkron-tui/ca.pem'],
    ['~/ca.pem', '/home/ops/ca.pem'],
    ['~other/ca.pem', '/etc/dkron-tui/~other/ca.pem'],
    ['/ca.pem', '/ca.pem'],
  ])('means by the path %s the file %s', (path, file) => {
    expect(pathIn('/etc/dkron-tui/config.yaml', path, { HOME: '/home/ops' })).toBe(file);
  });

  it('may not be there', async () => {
    const path = join(folder, 'dkron-tui', 'config.yaml');
    expect(await openConfig({ XDG_CONFIG_HOME: folder })).toEqual({ ...noConfig, path });
  });

  it('is there when it is named', async () => {
    const { failure } = await openConfig({ DKRON_TUI_CONFIG: join(folder, 'none.yaml') });
    expect(failure).toBeInstanceOf(NotFound);
    expect((failure as Error).message).toMatch(/^DKRON_TUI_CONFIG names .*none.yaml, which is not/);
  });

  it.each([
    ['latin.yaml', Buffer.from('# caf\xe9\n', 'latin1'), CorruptFile, /looks like ISO-8859-1/],
    ['wide.yaml', Buffer.from('\ufeffcurrent: a\n', 'utf16le'), CorruptFile, /like UTF-16/],
    ['huge.yaml', Buffer.alloc((1 << 20) + 1, '#'), CorruptFile, /larger than 1 MB/],
    ['.', undefined, OperatorError, /it is a folder/],
  ])('is text: %s', async (name, bytes, kind, message) => {
    const path = bytes === undefined ? folder : written(name, bytes);
    const config = await openConfig({ DKRON_TUI_CONFIG: path });
    expect(config.failure).toBeInstanceOf(kind);
    expect(() => checkFile(config)).toThrow(message);
  });
});
