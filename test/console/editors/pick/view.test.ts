import { expect, it } from 'vitest';
import type { State } from '../../../../src/console/state/model.ts';
import { settingOf } from '../../../../src/job/executors.ts';
import { fieldOf } from '../../../../src/job/fields.ts';
import type { Job } from '../../../../src/job/job.ts';
import { linesOf, press, showing, type } from '../../states.ts';

const job: Partial<Job> = {
  name: 'job',
  executor: 'http',
  executor_config: { method: 'GET', url: 'http://a/' },
};
const picking = (path: string, on = job): State =>
  press(showing([on]), ':', ...type(`edit ${path}`), 'enter');

it('is titled by the job and the field, with what it is now', () => {
  expect(linesOf(picking('concurrency'))[1]).toMatch(/^ job {2}concurrency +now allow$/);
  expect(linesOf(picking('executor_config.debug'))[1]).toMatch(/\.debug +now not set$/);
});

it('begins with what the field is for', () => {
  const words = (state: State, columns: number): string => {
    const lines = linesOf(state, { columns }).slice(2);
    return lines
      .slice(
        0,
        lines.findIndex((line) => /^([▌ ] {2}(true|allow|not set)( {3}as it is)?)$/.test(line)),
      )
      .map((line) => line.trim())
      .join(' ');
  };
  expect(words(picking('concurrency'), 80)).toBe(fieldOf('concurrency')!.help);
  const debug = settingOf('http', 'debug')!.help;
  expect(words(picking('executor_config.debug'), 80)).toBe(debug);
  expect(words(picking('executor_config.debug'), 40)).toBe(debug);
});

it('has a value in a row, what it is now said beside it, the cursor on it', () => {
  const rows = (state: State): string[] =>
    linesOf(state).filter((line) => /^[▌ ] {2}(allow|forbid)( {3}as it is)?$/.test(line));
  expect(rows(picking('concurrency'))).toEqual(['▌  allow   as it is', '   forbid']);
  expect(rows(press(picking('concurrency'), 'j'))).toEqual(['   allow   as it is', '▌  forbid']);
  expect(press(picking('concurrency'), 'j', 'j')).toEqual(picking('concurrency'));
  expect(press(picking('concurrency'), 'k', 'up').overlay).toEqual(picking('concurrency').overlay);
});

it('closes by q as by esc, and hears no other key', () => {
  const open = picking('concurrency');
  for (const key of ['q', 'esc']) expect(press(open, key).overlay).toBeNull();
  expect(press(open, 'x').overlay).toEqual(open.overlay);
});

it('goes on with what was typed before, where anything may stand', () => {
  const typed = press(picking('executor'), 'up', 'enter', ...type('-own'), 'esc');
  expect(typed.drafts.size).toBe(1);
  const again = press(typed, ':', ...type('edit executor'), 'enter');
  expect(again.overlay?.kind).toBe('value');
});

it('a choice that is what the job has drops what was typed', () => {
  const drafts = new Map([['job:concurrency', { text: 'x', base: 'allow', at: 0 }]]);
  const open: State = { ...picking('concurrency'), drafts };
  expect(press(open, 'enter').drafts.size).toBe(0);
});
