/** The rows of the console before, whichever way says which cluster is opened: whose they are is always right. */
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fakeKubectl } from '../../support/kubectl.ts';
import { type Console, type ConsoleOptions, startProgram } from '../driver/console.ts';
import { folder } from '../driver/folder.ts';
import { program } from '../driver/node.ts';
import { demo } from '../driver/server.ts';

const [fares, zones] = ['fares', 'zones'].map((name) => demo([{ name }]));

/** What only the frame of before says: when that was, as a date. */
const sign = /rows of .*, from \d{4}-\d\d-\d\d \d\d:\d\d/;

let env: Record<string, string>;

beforeEach(() => {
  env = { XDG_STATE_HOME: folder(), DKRON_TUI_CONFIG: join(folder(), 'config.yaml') };
});

const write = (text: string): void => writeFileSync(env['DKRON_TUI_CONFIG']!, text);

const two = (more = ''): string => `current: home
contexts:
  home: { url: "${fares!.url}" }
  prod: { url: "${zones!.url}", label: PROD EU, color: red, protected: true }
${more}`;

const start = (options: ConsoleOptions = {}): Promise<Console> =>
  startProgram({ ...options, env: { ...env, ...options.env } });

/** One that is opened, waited for, and left. @returns all that it wrote, and its first frame. */
async function once(options: ConsoleOptions = {}) {
  const on = await start(options);
  await on.sees('live · ');
  await on.idle();
  await on.quit();
  const { written } = on;
  return { written, first: written.slice(0, written.indexOf('\x1b[?2026l')) };
}

/** The cells of the header's left. */
const marksOf = (on: Console): string[] =>
  Array.from({ length: 22 }, (_, column) => {
    const cell = on.cell(column, 0)!;
    return [cell.getChars() || ' ', cell.getBgColor(), cell.getFgColor(), cell.isInverse()].join(
      ' ',
    );
  });

describe('rows of the console before come first', () => {
  it.each<[what: string, options: ConsoleOptions, job: string]>([
    ['the current context', {}, 'fares'],
    ['--context', { args: ['--context', 'prod'] }, 'zones'],
    ['--context=', { args: ['--context=prod', '--theme', 'dark'] }, 'zones'],
    ['DKRON_CONTEXT', { env: { DKRON_CONTEXT: 'prod' } }, 'zones'],
  ])('by %s, under its own name', async (_, options, job) => {
    write(two());
    expect((await once(options)).written).not.toMatch(sign);
    const { first } = await once(options);
    expect(first).toMatch(sign);
    expect(first).toContain(job);
    expect(first).not.toContain(job === 'fares' ? 'zones' : 'fares');
    expect(first.includes('PROTECTED')).toBe(job === 'zones');
  });

  it('by contexts use, also when it has just been said', async () => {
    write(two());
    await once();
    await once({ args: ['--context', 'prod'] });
    for (const [name, job] of [
      ['prod', 'zones'],
      ['home', 'fares'],
    ]) {
      spawnSync(process.execPath, [program, 'contexts', 'use', name!], {
        env: { PATH: process.env['PATH'], HOME: folder(), ...env },
      });
      const { first } = await once();
      expect(first).toMatch(sign);
      expect(first).toContain(job);
    }
  });

  it('with the label and its colour as the console has them', async () => {
    write(two());
    const options = { args: ['--context', 'prod'] };
    await once(options);
    const on = await start(options);
    // Of the first frame that is whole, whichever it is.
    await on.until(() => on.frames > 0 && on.line(0).includes('PROD EU'), 'its first frame');
    const early = marksOf(on);
    expect(on.text()).toMatch(sign);
    await on.sees('live · ');
    expect(marksOf(on)).toEqual(early);
    await on.quit();
  });

  it('not where the file has been changed since, and then again', async () => {
    write(two());
    await once();
    write(two('theme: dark\n'));
    expect((await once()).written).not.toMatch(sign);
    const { first } = await once();
    expect(first).toMatch(sign);
    // Another label: what was kept under the old one is not shown any more.
    write(
      two('theme: dark\n').replace('PROD EU', 'PROD US').replace('home: {', 'home: { label: H,'),
    );
    expect((await once()).written).not.toMatch(sign);
    write(two('theme: dark\n'));
    await once({ args: ['--context', 'prod'] });
    expect((await once()).written).not.toMatch(sign);
  });

  it('not where the context is read-only now, or leads elsewhere', async () => {
    write(two());
    await once();
    for (const other of [`url: "${zones!.url}"`, `url: "${fares!.url}", read-only: true`]) {
      write(two(`  x: { url: "${zones!.url}" }`).replace(`url: "${fares!.url}"`, other));
      // What is known of the file is new, and the frame is from before.
      await once({ args: ['--context', 'x'] });
      expect((await once()).written).not.toMatch(sign);
      const { first } = await once();
      expect(first).toMatch(sign);
      expect(first.includes('READ-ONLY')).toBe(other.includes('read-only'));
    }
  });

  it('and a mistake in the file is told on the screen of the shell', async () => {
    write(two());
    await once();
    write(two('curent: x\n'));
    const on = await start();
    await on.endsWith(7);
    expect(on.written).not.toMatch(sign);
    expect(on.text()).toContain('there is no curent here');
  });
});

describe('behind a port-forward', () => {
  const kubectl = { current: null as ReturnType<typeof fakeKubectl> | null };
  afterEach(() => kubectl.current?.stop());

  it('they are there while kubectl starts', async () => {
    const fake = fakeKubectl({ to: fares!.url });
    kubectl.current = fake;
    write(`current: far
contexts: { far: { label: FAR, port-forward: { namespace: a, resource: svc/dkron, port: 8080 } } }
`);
    const path = { env: { PATH: fake.env['PATH']! } };
    await once(path);
    fake.turn({ delay: 1_500 });
    const on = await start(path);
    await on.sees('fares', 'FAR', 'as they were');
    expect(on.written.slice(0, on.written.indexOf('\x1b[?2026l'))).toMatch(sign);
    await on.sees('live · ');
    await on.jobs.isOn('fares');
    await on.quit();
    expect(fake.alive()).toEqual([]);
  });
});
