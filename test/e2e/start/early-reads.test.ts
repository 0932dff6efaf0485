import { describe, expect, it } from 'vitest';
import { counted } from '../../support/counted-server.ts';
import { startConsole } from '../driver/console.ts';
import { demo } from '../driver/server.ts';

const server = demo([{ name: 'alpha' }]);

describe('the first look of a console', () => {
  it.each([
    ['early', {}],
    ['the long way', { ALL_PROXY: 'http://127.0.0.1:1' }],
  ])('asks for each thing once, %s', async (_, env) => {
    const { url, came } = await counted(server.url);
    const on = await startConsole({ url }, { env });
    await on.sees('live');
    await on.quit();
    const paths = came.map(({ path }) => path.replace(/\?.*/, ''));
    expect(paths.filter((path) => path === '/v1/jobs')).toHaveLength(1);
    expect(paths.toSorted()).toEqual([...new Set(paths)].toSorted());
  });
});
