import { expect, it } from 'vitest';
import { asKept } from '../../src/cluster/last-seen.ts';
import { firstFrame } from '../../src/console/first-frame.ts';
import { paintedWhole } from '../../src/ui/paint-once.ts';
import { createPainter } from '../../src/ui/painter.ts';
import { themeOf } from '../../src/view/theme.ts';
import { now, started } from '../console/states.ts';
import { aJob } from '../support/jobs.ts';
import { Paper } from '../support/sheet.ts';

const jobs = ['ant', '漢字-job', 'bee'].map((name) => aJob({ name, status: 'failed' }));

it.each([
  ['auto', 256],
  ['high-contrast', 256],
  ['dark', 16],
  ['mono', 0],
] as const)('a frame is as the painter shows it, %s with %d colours', async (name, colours) => {
  const size = { columns: 60, rows: 12 };
  const theme = themeOf(name, colours);
  const seen = { at: now, count: 3, jobs: asKept(jobs) };
  const lines = firstFrame({ ...started({ readOnly: true }), ...size }, seen, 'n1');
  const [once, usual] = [0, 1].map(() => new Paper(size.columns, size.rows));
  once!.write(paintedWhole(lines, theme));
  createPainter((text) => usual!.write(text), theme).paint({ lines }, size.columns);
  expect(await once!.cells()).toEqual(await usual!.cells());
  expect(once!.pushedOff).toBe(0);
});

it('breaks no line that is too long', async () => {
  const paper = new Paper(20, 3);
  const long = [{ text: 'x'.repeat(100) }];
  paper.write(paintedWhole([long, long, long], themeOf('auto', 256)));
  await paper.dried();
  expect(paper.shown()).toEqual(Array(3).fill('x'.repeat(20)));
  expect(paper.pushedOff).toBe(0);
});
