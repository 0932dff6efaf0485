import { describe, expect, it } from 'vitest';
import { frameOf } from '../../../../src/console/frame/frame.ts';
import type { State } from '../../../../src/console/state/model.ts';
import type { Job } from '../../../../src/job/job.ts';
import { lineText } from '../../../../src/view/line.ts';
import { press, refreshed, showing, told } from '../../states.ts';

const fieldsOf = (job: Partial<Job>): State =>
  press(showing([{ name: 'job', schedule: '@manually', ...job }]), 'E');
const shown = (state: State): string[] =>
  frameOf(state).lines.map((line) => lineText(line).trimEnd());

const http = {
  executor: 'http',
  executor_config: {
    method: 'GET',
    url: 'http://a/',
    headers: 'Content-Type:application/json,User-Agent:Cron',
    debug: 'true',
    expectCode: '200',
  },
};

describe('the fields of a job', () => {
  it('say what is wrong in whole lines below the value, also in 80 columns', () => {
    const lines = shown(fieldsOf(http));
    const at = lines.findIndex((line) => line.includes('executor_config.headers'));
    expect(lines[at + 1]).toBe(
      '     ! is not a JSON list of "Name: value": Dkron sends no headers',
    );
    const debug = lines.findIndex((line) => line.includes('executor_config.debug'));
    expect(lines.slice(debug, debug + 3)).toEqual([
      '   executor_config.debug             true',
      '     ! any text here, even "false", prints all settings into the output of',
      '       every run, secrets included',
    ]);
  });

  it('give the names the room that the values leave, and values some on the smallest screen', () => {
    const rowAt = (columns: number, value: string): string | undefined =>
      shown({ ...fieldsOf(http), columns, rows: 50 }).find((line) => line.endsWith(value));
    const certificate = (columns: number): string | undefined =>
      shown({ ...fieldsOf(http), columns, rows: 50 }).find((line) =>
        line.includes('tlsCertificateK'),
      );
    expect(certificate(200)).toBe('   executor_config.tlsCertificateKeyFile');
    expect(rowAt(200, 'GET')).toBe('   executor_config.method                 GET');
    expect(rowAt(80, 'GET')).toBe('   executor_config.method            GET');
    expect(rowAt(40, 'GET')).toBe('   executor_config.method    GET');
  });

  it('keep the one under the cursor in sight with all that is said of it', () => {
    const down = Array<string>(13).fill('j');
    const state: State = { ...press(fieldsOf(http), ...down), rows: 12 };
    const lines = shown(state);
    const at = lines.findIndex((line) => line.startsWith('▌'));
    expect(lines.slice(at, at + 3)).toEqual([
      '▌  executor_config.debug             true',
      expect.stringContaining('! any text here'),
      '       every run, secrets included',
    ]);
  });

  it('show a draft in place of the value, what is stored beside it, and what is wrong with it', () => {
    const typed = (text: string) => ({ text, base: '', at: 0 });
    const drafts = new Map([
      ['job:retries', typed('many')],
      ['job:executor_config.expectCode', typed('5x')],
      ['job:schedule', typed(JSON.stringify({ schedule: '0 0 25 * * *', timezone: '' }))],
    ]);
    const lines = shown(told(fieldsOf({ ...http, retries: 2 }), { type: 'drafts', drafts }));
    const below = (field: string): string[] => {
      const at = lines.findIndex((line) => line.startsWith(`   ${field}`));
      return [lines[at]!.slice(37), lines[at + 1]!.trim()];
    };
    expect(below('schedule')).toEqual([
      '(draft) 0 0 25 * * *   now @manually',
      "✗ can't parse job schedule: end of range (25) above maximum (23): 25",
    ]);
    expect(below('executor_config.expectCode')).toEqual([
      '(draft) 5x   now 200',
      '! is not a list like 200,206: a status counts only right before a comma or',
    ]);
    const tall = shown({
      ...told(fieldsOf({ retries: 2 }), { type: 'drafts', drafts }),
      rows: 40,
    }).join('\n');
    expect(tall).toMatch(/retries +\(draft\) many {3}now 2\n {5}✗ retries must be a whole number/);
  });
});

describe('a draft in its row', () => {
  const row = (text: string, owner: string, columns = 80): string | undefined => {
    const drafts = new Map([['job:owner', { text, base: '', at: 0 }]]);
    const state = told(fieldsOf({ owner }), { type: 'drafts', drafts });
    return shown({ ...state, columns }).find((line) => /^ {3}owner\b/.test(line));
  };
  const value = (line: string | undefined): string => line!.slice(line!.indexOf('(draft)'));

  it('is told from nothing, on one line, with what is stored where there is room', () => {
    expect(value(row('me', 'ops'))).toBe('(draft) me   now ops');
    expect(value(row('', 'ops'))).toBe('(draft) nothing   now ops');
    expect(value(row('me', ''))).toBe('(draft) me   now nothing');
    expect(value(row('one\n  two', 'ops'))).toBe('(draft) one two   now ops');
    const room = 80 - row('me', 'ops')!.indexOf('(draft)');
    const stored = 'x'.repeat(room - '(draft) me   now '.length);
    expect(value(row('me', stored))).toBe(`(draft) me   now ${stored}`);
    expect(value(row('me', `${stored}x`))).toBe('(draft) me');
  });

  it('says that the job is gone, and that none is under the cursor', () => {
    const gone = told(fieldsOf({}), refreshed([]));
    expect(shown(gone)[2]).toContain('not on this server');
    for (const key of ['j', 'enter', 'space']) expect(press(gone, key).overlay).toBeNull();
  });
});
