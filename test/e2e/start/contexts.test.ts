/** Contexts of the built program in a terminal: where it opens, and where it goes. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { serve } from '../../dkron/scripted.ts';
import { aDefinition } from '../../support/jobs.ts';
import { ask, demoServer } from '../../support/servers.ts';
import { startProgram } from '../driver/console.ts';
import { folder } from '../driver/folder.ts';

async function cluster(name: string, job: string) {
  const { url, stop } = await demoServer({ empty: true, name });
  onTestFinished(stop);
  await ask(`${url}/v1/jobs`, 'POST', aDefinition({ name: job, schedule: '@manually' }));
  return url;
}

it('opens the current one, goes to another and back, and lets a mistake close its own alone', async () => {
  const [home, prod] = [await cluster('a1', 'fares'), await cluster('b1', 'zones')];
  const path = join(folder(), 'config.yaml');
  writeFileSync(
    path,
    `current: home
contexts:
  home: { url: "${home}" }
  prod: { url: "${prod}", label: PRODUCTION, color: red, read-only: true }
  bad: { url: "${prod}", lable: X }
`,
  );
  const on = await startProgram({ env: { DKRON_TUI_CONFIG: path } });
  await on.sees('fares', /^ home · /m);
  await on.told('context bad cannot be used');
  await on.type(':ctx prod');
  await on.press('enter');
  await on.sees('zones', 'PRODUCTION', 'READ-ONLY');
  await on.seesNot('fares');
  await on.type(':ctx home');
  await on.press('enter');
  await on.sees('fares');
  await on.seesNot('PRODUCTION');
});

it('shows jobs behind a token that has run out once, and never shows the token', async () => {
  const jobs = await cluster('c1', 'stops');
  const { url, came } = await serve((one) => async (response) => {
    if (one.headers['authorization'] !== 'Bearer planted-2')
      return void response.writeHead(401, { 'www-authenticate': 'Bearer' }).end('planted-1 is old');
    const answer = await fetch(jobs + one.path);
    const names = ['x-whom', 'x-total-count', 'content-type'];
    for (const name of names) response.setHeader(name, answer.headers.get(name) ?? '');
    response.writeHead(answer.status).end(await answer.text());
  });
  const at = folder();
  const path = join(at, 'config.yaml');
  const command = 'echo x >> count; echo planted-$(wc -l < count | tr -d " ")';
  writeFileSync(
    path,
    `contexts: { a: { url: "${url}", bearer: { command: 'cd ${at}; ${command}' } } }`,
  );
  const on = await startProgram({ args: ['--context', 'a'], env: { DKRON_TUI_CONFIG: path } });
  await on.sees('stops', 'live');
  await on.seesNot('planted');
  expect(came.filter(({ headers }) => headers['authorization'] === 'Bearer planted-1')).not.toEqual(
    [],
  );
  expect(came.every(({ headers }) => /planted-[12]$/.test(String(headers['authorization'])))).toBe(
    true,
  );
});
