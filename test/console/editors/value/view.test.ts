import { describe, expect, it } from 'vitest';
import { frameOf } from '../../../../src/console/frame/frame.ts';
import type { State } from '../../../../src/console/state/model.ts';
import type { Job } from '../../../../src/job/job.ts';
import { linesOf, press, showing, told, tonesOf, type } from '../../states.ts';

const http = (body: string): Partial<Job> => ({
  name: 'a',
  owner: 'ops',
  executor: 'http',
  executor_config: { method: 'POST', url: 'http://x/', body, headers: '[]' },
});
const bodyOf = (text: string): State => press(showing([http(text)]), 'b');
const editing = (path: string, job: Partial<Job> = http('{}')): State =>
  press(showing([job]), ':', ...type(`edit ${path}`), 'enter');
const above = (state: State): string => linesOf(state)[2]!;
const tone = (state: State): string[] => tonesOf(frameOf(state).lines[2]!);

describe('the title', () => {
  it('names the job, the field, the level, and where the cursor is', () => {
    expect(linesOf(editing('owner'))[1]).toMatch(/^ a {2}owner +1:4 of 1 line$/);
    const inner = press(bodyOf('{"x":"{\\"y\\":1}"}'), 'down', 'end', 'left');
    expect(linesOf(inner)[1]).toMatch(/^ a {2}executor_config\.body +2:\d+ of 3 lines$/);
    expect(linesOf(press(inner, 'ctrl-o'))[1]).toMatch(/^ a {2}executor_config\.body {2}level 2 /);
  });
});

describe('the verdict', () => {
  it('of a body is whether it is JSON, which matters where it was', () => {
    expect(above(bodyOf('{"a":1}'))).toBe(' ✓ JSON');
    const broken = press(bodyOf('{"a":1}'), 'ctrl-end', 'backspace');
    expect(above(broken)).toMatch(/^ ✗ \d+:\d+ {2}\S/);
    expect(linesOf(broken).slice(2, 5).join(' ')).not.toContain('plain text');
    expect(tone(broken)[0]).toMatch(/^bad: ✗/);
    expect(linesOf(bodyOf('plain')).slice(2, 5).join(' ')).toMatch(/^ ✗ 1:1 {2}.*plain text/);
    expect(tone(bodyOf('plain'))[0]).toMatch(/^attention: ✗/);
  });

  it('of an empty body is that there is none', () => {
    const emptied = press(bodyOf('{}'), 'ctrl-end', 'backspace', 'backspace');
    expect(above(emptied)).toContain('empty');
    expect(tone(emptied)[0]).toMatch(/^quiet: empty/);
  });

  it('inside a string is of that text alone', () => {
    const inner = press(bodyOf('{"x":"{\\"y\\":1}"}'), 'down', 'end', 'left', 'ctrl-o');
    expect(above(inner)).toBe(' ✓ JSON');
    expect(above(press(inner, 'ctrl-end', 'backspace'))).toMatch(/^ ✗ /);
  });

  it('of a text that means no value is why, as a problem', () => {
    const many = press(editing('retries'), 'ctrl-u', ...type('many'));
    expect(above(many)).toMatch(/^ ✗ retries must be a whole number/);
    expect(tone(many)[0]).toMatch(/^bad: ✗ retries/);
    const words = (columns: number): string =>
      linesOf(many, { columns })
        .slice(2, 6)
        .join('')
        .replace(/\s|1many/g, '');
    expect(words(40)).toBe(words(200));
  });

  it('of what is well is a tick; of what is not, what the checks say', () => {
    expect(above(editing('owner'))).toBe(' ✓');
    const timeout = press(editing('executor_config.timeout'), ...type('30s'));
    expect(above(timeout)).toMatch(/^ ! is not a whole number/);
  });

  it('offers choices also where something is wrong', () => {
    const jobs = [http('{}'), { name: 'other' }];
    const wrong = press(showing(jobs), ':', ...type('edit parent_job'), 'enter', ...type('oth'));
    const said = linesOf(wrong).slice(2, 6).join('\n');
    expect(said).toMatch(/^ [!✗] /);
    expect(said).toMatch(/^ {3}other$/m);
  });

  it('says of other fields what the change brings', () => {
    const state = press(editing('parent_job'), ...type('gone'));
    expect(linesOf(state).slice(2, 8).join('\n')).toMatch(/parent|gone/);
  });

  it('of a long text waits until one pauses', () => {
    const long = bodyOf(`{"a":"${'x'.repeat(21_000)}"}`);
    expect(above(long)).toBe(' ✓ JSON');
    const typed = press(long, 'ctrl-end', 'enter');
    expect(above(typed)).toMatch(/^ … /);
    if (typed.overlay?.kind !== 'value') throw new Error('it closed');
    const { lines } = typed.overlay.levels[0]!.text;
    expect(above(told(typed, { type: 'check', lines }))).toBe(' ✓ JSON');
    expect(above(told(typed, { type: 'check', lines: [] }))).toMatch(/^ … /);
  });
});

describe('the text', () => {
  it('has its line numbers at the left, and none where a line goes on', () => {
    const state = bodyOf(`{"a":1,"b":"${'x'.repeat(100)}"}`);
    expect(linesOf(state).slice(3, 8)).toEqual([
      '    1 {',
      '    2   "a": 1,',
      expect.stringMatching(/^ {4}3 {3}"b": "x+$/),
      expect.stringMatching(/^ {6}x+"$/),
      '    4 }',
    ]);
  });

  it('is coloured where it was JSON', () => {
    const lines = frameOf(bodyOf('{"a":1,"b":"c","d":null}')).lines;
    expect(tonesOf(lines[4]!).slice(1)).toEqual(['quiet: :', 'attention: 1', 'quiet: ,']);
    expect(lines[4]!.find(({ bold }) => bold)?.text).toBe('"a"');
    expect(tonesOf(lines[5]!).slice(1)).toEqual(['quiet: :', 'ok: "c"', 'quiet: ,']);
    expect(tonesOf(lines[6]!).slice(1)).toEqual(['quiet: :', 'attention: null']);
    const plain = frameOf(bodyOf('plain 1')).lines.find((line) => line[0]?.text === '    1 ');
    expect(tonesOf(plain!)).toEqual(['quiet: 1']);
  });

  it('shows what is selected inverse, also across lines', () => {
    const inverse = (state: State): string[] =>
      frameOf(state)
        .lines.slice(2, -1)
        .map((line) => line.flatMap((span) => (span.inverse ? [span.text] : [])).join(''))
        .filter((text) => text !== '');
    const state = bodyOf('{"a":1}');
    expect(inverse(state)).toEqual([]);
    expect(inverse(press(state, 'down', 'shift-end'))).toEqual(['  "a": 1']);
    expect(inverse(press(state, 'down', 'right', 'right', 'shift-right'))).toEqual(['"']);
    expect(inverse(press(state, 'shift-down', 'shift-right', 'shift-right'))[1]).toBe('  ');
  });

  it('keeps the line that is typed into in sight, whatever is said above', () => {
    const tall = bodyOf(`{${Array.from({ length: 60 }, (_, at) => `"k${at}":${at}`).join(',')}}`);
    const end = press(tall, 'ctrl-end', 'backspace');
    const { cursor } = frameOf(end);
    expect(linesOf(end)[cursor!.y]).toMatch(/^ {3}62$/);
    expect(cursor!.y).toBe(22);
    expect(linesOf(press(end, 'ctrl-home'))[3]).toBe('    1 {');
  });

  it('has the cursor where one types', () => {
    expect(frameOf(editing('owner')).cursor).toEqual({ x: 6 + 'ops'.length, y: 3 });
    expect(frameOf(press(bodyOf('{"a":1}'), 'down', 'end')).cursor).toEqual({ x: 14, y: 4 });
  });
});
