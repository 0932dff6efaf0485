import { basename } from 'node:path';
import { expect, test } from 'vitest';
import { placesBelow } from '../../src/config/places.ts';

const places = placesBelow('/data', '/state');

test.each([
  ['http://localhost:8080', 'localhost_8080'],
  ['http://localhost:8080/', 'localhost_8080'],
  ['http://dkron.example', 'dkron.example_80'],
  ['https://dkron.example', 'dkron.example_443'],
  ['https://gw.example/tools/dkron/', 'gw.example_443_tools_dkron'],
  ['http://[::1]:8080', '---1-_8080'],
  ['http://admin:secret@dkron.example:8080/?token=secret', 'dkron.example_8080'],
  ['http://dkron.example:8080/..%2f..%2fetc', 'dkron.example_8080_..-2f..-2fetc'],
])('%s keeps its snapshots in a folder named %s', (url, folder) => {
  expect(basename(places.snapshots(url))).toBe(folder);
});

test('data and state stand apart', () => {
  const url = 'http://localhost:8080';
  expect(places.snapshots(url)).toBe('/data/dkron-tui/snapshots/localhost_8080');
  expect(places.journal(url)).toBe('/state/dkron-tui/journal/localhost_8080.jsonl');
  expect(places.drafts(url)).toBe('/state/dkron-tui/drafts/localhost_8080');
  expect(places.log).toBe('/state/dkron-tui/log');
});
