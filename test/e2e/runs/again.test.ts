/** Several jobs run again: parents first, each once, also by the console after one that was killed. */
import { expect, it } from 'vitest';
import { openConsole } from '../driver/console.ts';
import { folder } from '../driver/folder.ts';
import { demo } from '../driver/server.ts';

const job = (name: string, command: string, more = {}) => ({
  ...{ name, schedule: '@manually', executor: 'shell', ...more },
  executor_config: { command, shell: 'true' },
});

const server = demo();

async function runsOf(name: string): Promise<number> {
  const answer = await fetch(`${server.url}/v1/jobs/${name}/executions`);
  return ((await answer.json()) as readonly unknown[]).length;
}

it('runs the marked jobs once each, and goes on after a console that was killed', async () => {
  await server.put(job('mend-root', 'echo from the root'));
  await server.put(
    job('mend-child', 'echo from the child', { parent_job: 'mend-root', schedule: '' }),
  );
  await server.put(job('mend-slow', 'sleep 3; echo late'));
  const env = { XDG_STATE_HOME: folder() };
  const killed = await openConsole(server, { env });
  await killed.jobs.filter('mend-');
  await killed.press('*', 't');
  await killed.sees('Run again  3 jobs', 'with mend-root', '2 to run, 1 by their parents');
  await killed.press('t');
  await killed.answerByTyping('2');
  await killed.press('enter');
  await killed.sees(/mend-child +succeeded +from the child/, /mend-slow +(started|running)/);
  killed.signal('SIGKILL');
  expect((await killed.ended()).status).toBe(137);

  const on = await openConsole(server, { env });
  await on.sees('not all of 3 ran again: :run-again', 'and runs none twice');
  await on.press(':');
  await on.type('run-again');
  await on.press('enter');
  await on.sees('interrupted: t goes on');
  await on.press('t');
  await on.confirm('Look what became of what was started?');
  await on.sees('3 succeeded');
  for (const name of ['mend-root', 'mend-child', 'mend-slow']) expect(await runsOf(name)).toBe(1);
});
