import { describe, expect, it } from 'vitest';
import { aboveCurrent } from '../../../../src/console/editors/schedule/preview.ts';
import { frameOf } from '../../../../src/console/frame/frame.ts';
import type { ScheduleOverlay, State } from '../../../../src/console/state/model.ts';
import { commonSchedules } from '../../../../src/schedule/index.ts';
import { lineText, plain } from '../../../../src/view/line.ts';
import { linesOf, now, press, showing, told, tonesOf, type } from '../../states.ts';

const schedule = 'CRON_TZ=Europe/Paris 0 0 1 * * SUN';
const editing = press(showing([{ name: 'a', schedule }]), 'i');
const shown = (state: State): string =>
  frameOf(state)
    .lines.map((line) => lineText(line).trim())
    .join('\n');

it('shows a long schedule whole at 80 columns, with its zone', () => {
  expect(shown(editing)).toMatch(
    /schedule {2}CRON_TZ=Europe\/Paris 0 0 1 \* \* SUN +zone {2}server/,
  );
});

it('shows the runs of now and then side by side, each whole', () => {
  expect(shown(editing)).toMatch(/Sun 22 Nov 01:00 \+01:00 {2}in 9h 28m {2,}Sun 22 Nov 01:00/);
});

it('gives the zone room when it is typed', () => {
  const zone = press(editing, 'shift-tab', ...type('America/Buenos_Aires'));
  expect(shown(zone)).toContain('zone  America/Buenos_Aires');
});

it('says all of what may stand under the cursor', () => {
  const help = shown(editing).replaceAll('\n', ' ');
  expect(help).toMatch(/day of week: 0-6 or SUN-SAT.* with a day of month too, either is enough/);
});

it('names the keys of its menu while that is open', () => {
  const bottom = (state: State): string => shown(state).split('\n').at(-1) ?? '';
  expect(bottom(press(editing, 'ctrl-o'))).toBe('↑↓ choose  ↵ take  esc close');
  expect(bottom(press(editing, 'ctrl-o', 'esc'))).toMatch(/^↵ save/);
});

describe('what stands below the line', () => {
  const daily = showing([{ name: 'ant', schedule: '0 0 3 * * *', timezone: 'Europe/Paris' }]);
  const typed = (text: string): State => press(daily, 'i', 'ctrl-u', ...type(text));
  const below = (state: State, rows = 24): string[] => linesOf(state, { rows }).slice(5, -1);

  it('are the words, then the runs of now and then, five where there is room for them', () => {
    expect(below(typed('0 0 4 * * *')).slice(0, 6)).toEqual([
      '   every day at 04:00, Europe/Paris',
      '        now                                  new',
      '        Sun 22 Nov 03:00 +01:00  in 11h      Sun 22 Nov 04:00 +01:00  in 12h',
      '        Mon 23 Nov 03:00 +01:00  in 35h      Mon 23 Nov 04:00 +01:00  in 36h',
      '        Tue 24 Nov 03:00 +01:00  in 2d       Tue 24 Nov 04:00 +01:00  in 2d',
      '        1 a day                              1 a day',
    ]);
    const days = (rows: number): number =>
      below(typed('0 0 4 * * *'), rows).filter((line) => / Nov .* Nov /.test(line)).length;
    expect([days(29), days(30)]).toEqual([3, 5]);
  });

  it('says what a schedule runs as, where that is not what is typed', () => {
    expect(below(typed('0 0 4 * * *'))[0]).not.toContain('runs as');
    expect(below(typed('~ 0 4 * * *'))[0]).toMatch(/ {3}runs as \d+ 0 4 \* \* \*$/);
  });

  it('are the runs within the time that the job has', () => {
    const runsOf = (fields: object): (string | undefined)[] => {
      const job = { name: 'x', schedule: '0 0 * * * *', ...fields };
      return below(press(showing([job]), 'i')).slice(2, 5);
    };
    const [first, second, rate] = runsOf({ expires_at: '2026-11-21T17:00:00Z' });
    expect(first).toMatch(/^ +15:00:00 Z {2}in 28m +15:00:00 Z {2}in 28m$/);
    expect(second).toMatch(/^ +16:00:00 Z {2}in 1h 28m +16:00:00 Z {2}in 1h 28m$/);
    expect(rate).toMatch(/24 a day +24 a day$/);
    expect(runsOf({ starts_at: '2026-11-22T03:00:00Z' })[0]).toMatch(
      /^ +Sun 22 Nov 03:00 Z {2}in 12h +Sun 22 Nov 03:00 Z {2}in 12h$/,
    );
    expect(runsOf({ expires_at: '2026-11-21T14:45:00Z' })[0]).toMatch(
      /^ +none: expires 14:45:00 Z +none: expires 14:45:00 Z$/,
    );
    expect(runsOf({ expires_at: '2026-11-21T14:00:00Z' })[0]).toMatch(
      /^ +none: the job has expired +none: the job has expired$/,
    );
  });

  it('are the runs of an interval counted from the run that the server knows', () => {
    const next = new Date(now + 600_000).toISOString();
    const last_success = new Date(now - 60_000).toISOString();
    const state = press(showing([{ name: 'x', schedule: '@every 1h', next, last_success }]), 'i');
    const [first, second] = below(state).slice(2, 4);
    expect(first).toMatch(/^ +14:41:29 Z {2}in 10m +15:31:29 Z {2}in 1h$/);
    expect(second).toMatch(/^ +15:41:29 Z {2}in 1h 10m +16:31:29 Z {2}in 2h$/);
  });

  it('says that what the job has is not valid', () => {
    const state = press(
      showing([{ name: 'x', schedule: 'rubbish' }]),
      'i',
      'ctrl-u',
      ...type('@hourly'),
    );
    expect(below(state)[2]).toMatch(/^ +not valid on this server +15:00:00 Z/);
  });

  it('is what is wrong, under the part that is', () => {
    const [marks, words] = below(typed('0 0 25 * * *'));
    expect(marks).toBe(`${' '.repeat('   schedule  0 0 '.length)}^^`);
    expect(words).toContain('above maximum (23)');
    expect(tonesOf(frameOf(typed('0 0 25 * * *')).lines[5]!)).toEqual(['bad: ^^']);
    expect(below(typed(`0 0 25 * * *${' '.repeat(80)}`)).join('')).not.toContain('^');
    expect(below(typed(''))[0]).not.toMatch(/\^\^/);
  });

  it('keeps the runs of now beside what is wrong, and the jobs below where they are', () => {
    expect(below(typed('0 0 25 * * *')).slice(2, 6)).toEqual([
      '        now',
      '        Sun 22 Nov 03:00 +01:00  in 11h',
      '        Mon 23 Nov 03:00 +01:00  in 35h',
      '        Tue 24 Nov 03:00 +01:00  in 2d',
    ]);
    const two = showing([
      { name: 'ant', schedule: '0 0 3 * * *', timezone: 'Europe/Paris' },
      { name: 'bee', schedule: '@daily' },
    ]);
    const placeOfBee = (rows: number, text: string): number =>
      linesOf(press(two, 'i', 'ctrl-u', ...type(text)), { rows }).findIndex((line) =>
        /\bbee\b/.test(line),
      );
    for (const rows of [24, 50]) {
      expect(placeOfBee(rows, '0 0 25 * * *')).toBe(placeOfBee(rows, '0 0 4 * * *'));
      expect(placeOfBee(rows, '0 0 25 * * *')).toBeGreaterThan(8);
    }
  });

  it('leaves out what has no room beside a long refusal, and never cuts that', () => {
    const state = typed('0 0 25 * * *');
    const under = (rows: number): string[] => {
      const refused = Array.from({ length: rows }, (_, at) => [plain(`refused ${at}`)]);
      const overlay = state.overlay as ScheduleOverlay;
      return aboveCurrent(state, overlay, refused).slice(rows).map(lineText);
    };
    expect(under(5).map((line) => line.trim())).toEqual([
      'now',
      expect.stringMatching(/^Sun 22 Nov 03:00/),
    ]);
    expect(under(6)).toEqual(['']);
    expect(under(9)).toEqual([]);
  });

  it('keeps what stands under it in the job where it is when the first key makes a draft', () => {
    const opened = press(showing([{ name: 'ant', schedule: '0 0 3 * * *' }]), 'enter', 'i');
    const under = (state: State): string[] => {
      const lines = linesOf(state, { rows: 50 });
      return lines.slice(lines.findIndex((line) => line.startsWith(' Next')));
    };
    const typing = press(opened, 'backspace');
    expect(typing.drafts.size).toBe(1);
    expect(under(typing)).toEqual(under(opened));
    expect(under(typing).length).toBeGreaterThan(20);
    expect(linesOf(press(typing, 'esc')).join()).toMatch(/Drafts +schedule, 0s ago/);
  });

  it('is what another cron means by it, or what Dkron lacks for that', () => {
    expect(below(typed('*/5 * * * *'))[2]).toMatch(/^ {3}ctrl-t takes 0 \*\/5 \* \* \* \* /);
    expect(below(typed('0 0 3 L * ?'))[3]).toMatch(/^ {3}! Dkron has no L/);
    expect(below(typed('0 0 3 nonsense')).join('\n')).not.toMatch(/ctrl-t|! /);
    const lines = below(typed('0 0 12 ? * 2-6'));
    expect(lines[1]).toMatch(/^ {3}ctrl-t chooses/);
    expect(lines.slice(2, 4)).toEqual([
      '          as quartz   0 0 12 ? * mon-fri',
      '          as crontab  0 0 12 ? * tue-sat',
    ]);
  });

  it('are warnings, in as many lines as they take', () => {
    const lines = below(typed('@hourly'));
    const at = lines.findIndex((line) => line.startsWith('   ! '));
    expect(lines[at]).toContain('Europe/Paris has no effect');
    expect(lines[at + 1]).toMatch(/^ {5}\S/);
    expect(tonesOf(frameOf(typed('@hourly')).lines[5 + at]!)[0]).toMatch(/^attention: !/);
  });

  it('is what the server said when it refused', () => {
    const refused = told(press(typed('0 0 4 * * *'), 'enter'), {
      type: 'schedule-refused',
      name: 'ant',
      lines: ['the words of the server'],
    });
    expect(below(refused)).toContain('   the words of the server');
  });

  it('is nothing but that while it saves', () => {
    const lines = below(press(typed('0 0 4 * * *'), 'enter'));
    expect(lines.filter((line) => line !== '')).toEqual([expect.stringContaining('saving')]);
  });
});

describe('the menu', () => {
  const rows = (...keys: string[]): string[] =>
    linesOf(press(editing, 'ctrl-o', ...keys))
      .slice(5, 14)
      .filter((line) => line !== '');

  it('shows seven, the chosen one among them, and how many come after', () => {
    const count = commonSchedules.length;
    expect(rows()).toHaveLength(8);
    expect(rows()[0]).toBe(`             ▌${commonSchedules[0]}`);
    expect(rows().at(-1)?.trim()).toBe(`${count - 7} more`);
    expect(rows('down', 'down', 'down')[3]).toBe(`             ▌${commonSchedules[3]}`);
    expect(rows('pagedown')[3]).toBe(`             ▌${commonSchedules[5]}`);
    expect(rows('pagedown').at(-1)?.trim()).toBe(`${count - 9} more`);
    expect(rows('up')).toHaveLength(7);
    expect(rows('up').at(-1)).toBe(`             ▌${commonSchedules.at(-1)}`);
  });
});

describe('the text cursor', () => {
  const at = (state: State, columns = 80) => frameOf({ ...state, columns }).cursor;
  const job = press(showing([{ name: 'a', schedule: '@daily', timezone: 'UTC' }]), 'i');

  it('stands in the line that is typed into', () => {
    expect(at(job)).toEqual({ x: '   schedule  @daily'.length, y: 4 });
    const line = linesOf(press(job, 'shift-tab'))[4]!;
    expect(at(press(job, 'shift-tab'))).toEqual({ x: line.indexOf('UTC') + 3, y: 4 });
  });
});
