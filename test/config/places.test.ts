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
  ['http://dkron_server:8080', 'dkron_server_8080'],
])('%s keeps its snapshots in a folder named %s', (url, folder) => {
  expect(basename(places.snapshots(url))).toBe(folder);
});

test.each([
  'http://dkron.example:8080/..%2f..%2fetc',
  'http://gw.example/Team',
  `http://gw.example/${'é'.repeat(90)}`,
  `http://${'a.'.repeat(120)}example`,
  'http://gw.example/a_b',
  'http://a_b/80',
])('%s keeps its files below one folder, under a name that is reduced', (url) => {
  for (const path of [places.snapshots(url), places.journal(url), places.drafts(url)]) {
    expect(basename(path)).toMatch(/^[a-z0-9_-]+~[0-9a-f]{16}$/);
    expect(basename(path).length).toBeLessThan(130);
  }
});

test('servers that differ in capital letters, slashes or underscores only share no folder', () => {
  const urls = [
    'http://gw.example/team',
    'http://gw.example/Team',
    'http://gw.example/a/b',
    'http://gw.example/a_b',
    'http://a_80',
    'http://a/80',
    'http://a_80/x',
    'http://a/80_80/x',
  ];
  expect(new Set(urls.map((url) => places.drafts(url))).size).toBe(urls.length);
});

test('data and state stand apart', () => {
  const url = 'http://localhost:8080';
  expect(places.snapshots(url)).toBe('/data/dkron-tui/snapshots/localhost_8080');
  expect(places.journal(url)).toBe('/state/dkron-tui/journal/localhost_8080');
  expect(places.drafts(url)).toBe('/state/dkron-tui/drafts/localhost_8080');
  expect(places.defects).toBe('/state/dkron-tui/defects');
});
