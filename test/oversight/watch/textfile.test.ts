import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { rowOf } from '../../../src/job/row.ts';
import { type Measured, metricsText, writeMetrics } from '../../../src/oversight/watch/textfile.ts';
import { textOf } from '../../support/jobs.ts';
import { ran, start } from './seen.ts';

const measured: Measured = {
  isUp: true,
  seen: start,
  cluster: 'a "b"\\c\n',
  watch: 'w',
  jobs: [rowOf(textOf(ran(5, 0, 'failed')))],
  known: new Map([['a', { outcome: 'failed', successes: 5, errors: 0 }]]),
  troubles: new Map([['a', { state: 'nowhere', at: start, cause: { kind: 'unknown' } }]]),
  events: 7,
};

it('says for Prometheus how jobs stand', () => {
  const lines = metricsText(measured).split('\n');
  const common = 'cluster="a \\"b\\"\\\\c\\n",watch="w"';
  expect(lines).toContain(`dkron_tui_up{${common}} 1`);
  expect(lines).toContain(`dkron_tui_events_total{${common}} 7`);
  expect(lines).toContain(`dkron_tui_job_failed{${common},job="a"} 1`);
  expect(lines).toContain(`dkron_tui_job_late{${common},job="a"} 1`);
  expect(lines).toContain(`dkron_tui_job_stuck{${common},job="a"} 0`);
  expect(lines).toContain(
    `dkron_tui_job_last_success_timestamp_seconds{${common},job="a"} ${start / 1000 + 5}`,
  );
  expect(
    lines.some((line) => line.startsWith('dkron_tui_job_last_failure_timestamp_seconds{')),
  ).toBe(false);
  // Every line is a comment, or a name with labels and a number; every name was announced.
  const announced = new Set(lines.flatMap((line) => /^# TYPE (\S+)/.exec(line)?.[1] ?? []));
  for (const line of lines.slice(0, -1)) {
    const [, name] =
      /^(\w+)\{\w+="(?:[^"\\\n]|\\.)*"(?:,\w+="(?:[^"\\\n]|\\.)*")*\} -?[\d.e+]+$/.exec(line) ?? [];
    if (!line.startsWith('# ')) expect(announced).toContain(name);
  }
  expect(lines.at(-1)).toBe('');
});

it('is a whole file that others may read, in a folder that is there', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'watch-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const path = join(folder, 'dkron.prom');
  await writeMetrics(path, measured);
  expect(await readFile(path, 'utf8')).toBe(metricsText(measured));
  expect((await stat(path)).mode & 0o777).toBe(0o644);
  expect(await readdir(folder)).toEqual(['dkron.prom']);
  await expect(writeMetrics(join(folder, 'none', 'x.prom'), measured)).rejects.toThrow(
    'there is no folder',
  );
  expect(await readdir(folder)).toEqual(['dkron.prom']);
});
