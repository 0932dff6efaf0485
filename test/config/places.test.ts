import { expect, test } from 'vitest';
import { placesBelow, serverFolder } from '../../src/config/places.ts';

test.each([
  ['http://localhost:8080', 'localhost_8080'],
  ['http://localhost:8080/', 'localhost_8080'],
  ['http://dkron.example', 'dkron.example_80'],
  ['https://dkron.example', 'dkron.example_443'],
  ['https://gw.example/tools/dkron/', 'gw.example_443_tools_dkron'],
  ['http://[::1]:8080', '---1-_8080'],
  ['http://admin:secret@dkron.example:8080/?token=secret', 'dkron.example_8080'],
  ['http://dkron_server:8080', 'dkron_server_8080'],
])('%s is a folder named %s', (url, folder) => {
  expect(serverFolder(url)).toBe(folder);
});

test.each([
  'http://dkron.example:8080/..%2f..%2fetc',
  'http://gw.example/Team',
  `http://gw.example/${'é'.repeat(90)}`,
  `http://${'a.'.repeat(120)}example`,
  'http://gw.example/a_b',
  'http://a_b/80',
])('%s is one folder, under a name that is reduced', (url) => {
  expect(serverFolder(url)).toMatch(/^[a-z0-9_-]+~[0-9a-f]{16}$/);
  expect(serverFolder(url).length).toBeLessThan(130);
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
  expect(new Set(urls.map(serverFolder)).size).toBe(urls.length);
});

test('data and state stand apart, a folder for each cluster', () => {
  const places = placesBelow('/data', '/state');
  expect(places.cluster('prod-1a2b3c')).toEqual({
    folder: '/state/dkron-tui/clusters/prod-1a2b3c',
    journal: '/state/dkron-tui/clusters/prod-1a2b3c/journal',
    drafts: '/state/dkron-tui/clusters/prod-1a2b3c/drafts',
    editor: '/state/dkron-tui/clusters/prod-1a2b3c/editor',
    lastSeen: '/state/dkron-tui/clusters/prod-1a2b3c/last-seen.json',
    missed: '/state/dkron-tui/clusters/prod-1a2b3c/missed.json',
    roster: '/state/dkron-tui/clusters/prod-1a2b3c/nodes.json',
    times: '/state/dkron-tui/clusters/prod-1a2b3c/run-times.json',
    unfinished: '/state/dkron-tui/clusters/prod-1a2b3c/unfinished',
    again: '/state/dkron-tui/clusters/prod-1a2b3c/run-again.jsonl',
    maintenance: '/state/dkron-tui/clusters/prod-1a2b3c/maintenance.jsonl',
    watches: '/state/dkron-tui/clusters/prod-1a2b3c/watches',
    snapshots: '/data/dkron-tui/snapshots/prod-1a2b3c',
  });
  expect(places.defects).toBe('/state/dkron-tui/defects');
});
