import { stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { placesBelow } from '../../src/config/places.ts';
import { maintained } from './maintained.ts';
import { home, run } from './run.ts';

describe('maintenance', () => {
  it('is ended by another machine by its file, exactly as by its own', async () => {
    const at = await maintained();
    expect((await at.start('db', '--name', 'night', '--yes')).code).toBe(0);
    const file = join(home, `night-${Date.now()}.jsonl`);
    expect((await at.dkron('maintenance', 'export', file)).stdout).toContain('end --from');
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect((await at.dkron('maintenance', 'export', file)).stderr).toContain('is already there');
    const other = `${file}.json`;
    expect(
      JSON.parse((await at.dkron('maintenance', 'export', other, '--json')).stdout),
    ).toMatchObject({
      file: other,
      maintenance: { name: 'night' },
    });
    await at.change('db-b', { disabled: true, retries: 3 });

    const elsewhere = placesBelow(join(home, 'elsewhere'), join(home, 'elsewhere'));
    const there = (...argv: string[]) =>
      run(['maintenance', 'end', ...argv, '--url', at.url], { places: elsewhere });
    const dry = await there('--from', file, '--dry-run');
    expect([dry.code, await at.enabled()]).toEqual([3, ['other']]);
    const ended = await there('--from', file, '--yes');
    expect([ended.code, await at.enabled()]).toEqual([4, ['db-a', 'db-c', 'other']]);
    expect(`${ended.stdout}${ended.stderr}`).toContain('left as others made it: db-b');
    // Where it was started nothing is left of it to do.
    expect((await at.end('--yes')).stdout).toContain('end: 3 left as they are');
    expect(await at.enabled()).toEqual(['db-a', 'db-c', 'other']);
  });

  it('is not ended by a file beside another one, nor by what is none', async () => {
    const [one, other] = [await maintained(), await maintained()];
    expect((await one.start('db', '--name', 'night', '--yes')).code).toBe(0);
    const file = join(home, `night-${Date.now()}-2.jsonl`);
    expect((await one.dkron('maintenance', 'export', file)).code).toBe(0);
    expect((await other.start('other', '--name', 'day', '--yes')).code).toBe(0);
    const refused = await other.end('--from', file, '--yes');
    expect(refused.stderr).toContain(
      'another maintenance of this cluster goes on from this machine: day',
    );
    expect((await one.end('--from', `${file}-gone`, '--yes')).code).toBe(8);
    await writeFile(file, 'no maintenance');
    expect((await one.end('--from', file, '--yes')).stderr).toContain(
      'is not a maintenance that was exported',
    );
    expect(await one.enabled()).toEqual(['other']);
  });
});
