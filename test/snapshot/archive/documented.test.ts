import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { manifestOf } from '../../support/snapshots.ts';

test('the page of snapshots tells every field of a manifest, in its order', async () => {
  const page = await readFile(join(import.meta.dirname, '../../../docs/snapshots.md'), 'utf8');
  const table = page.slice(page.indexOf('| in the manifest |'));
  const rows = table.slice(0, table.indexOf('\n\n')).split('\n').slice(2);
  const told = rows.map((row) => /^\| `(\w+)`/.exec(row)?.[1]);
  expect(told).toEqual(Object.keys(manifestOf([])));
});
