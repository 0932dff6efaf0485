/**
 * Texts of half a million characters that nobody writes and anybody may paste or send. What looks at each of them once
 * answers at once; what begins anew at each takes minutes, and ends at the limit that all tests have.
 */
import { describe, expect, test } from 'vitest';
import { OperatorError } from '../src/base/errors.ts';
import { typedSecrets, withoutUserinfo } from '../src/base/userinfo.ts';
import { withContext } from '../src/contexts/edit.ts';
import { type Around, checkJob } from '../src/job/lint/lint.ts';
import { maskJob } from '../src/job/mask.ts';
import { allowedName } from '../src/job/name.ts';
import { normal } from '../src/job/ttl/table.ts';
import { settingEditor } from '../src/job/values/settings.ts';
import { readPlan } from '../src/plan/text/read.ts';
import { completeSchedule } from '../src/schedule/complete.ts';
import { trimSpace } from '../src/schedule/go-text.ts';
import { fileJobs } from '../src/snapshot/file/file-jobs.ts';
import { lineOf, pasteLine } from '../src/terminal/line.ts';
import { wholeChangeLines } from '../src/view/diff.ts';
import { aJob } from './support/jobs.ts';

const around: Around = { now: 0n };

const http = (config: Record<string, string>) =>
  aJob({ executor: 'http', executor_config: config });

function read(file: string, text: string): void {
  const reader = fileJobs(file);
  for (const _ of reader.push(Buffer.from(text)));
  for (const _ of reader.end());
}

const doors: Readonly<Record<string, (long: string) => unknown>> = {
  'a line that is pasted': (long) => pasteLine(lineOf(), long),
  'a name': allowedName,
  'a message with addresses': withoutUserinfo,
  'a word that is typed': typedSecrets,
  'a schedule that is typed': (long) => completeSchedule(long, long.length),
  'a text of Go': trimSpace,
  'a path in a table': (long) => normal('path', long),
  headers: (long) => settingEditor(http({ headers: '[]' }), 'headers').parse(long),
  'a file of JSON': (long) => read('f', `{"a":${long}{"name":"x"}`),
  'a file of YAML': (long) => read('f.yaml', long),
  'a plan': (long) => readPlan(`change ${long}`, 'PLAN'),
  'an address': (long) => checkJob(http({ url: `http://${long}` }), around),
  'the memory of a command': (long) =>
    checkJob(aJob({ executor_config: { command: 'true', mem_limit: long } }), around),
  'a job with credentials': (long) => maskJob(http({ url: 'http://a', body: long, headers: long })),
};

const runs = [' ', 'a', '0', ':', '-', '/', '\n', '\r\n', '\r', '=', '@', '://'];

describe.each(Object.entries(doors))('%s', (_what, door) => {
  test.each(runs)('with nothing but %j', (one) => {
    const long = one.repeat(500_000 / one.length);
    for (const text of [`${long}!`, `a${long}`])
      try {
        door(text);
      } catch (error) {
        if (!(error instanceof OperatorError)) throw error;
      }
  });
});

test('a file of contexts with nothing but empty lines in front of the next key', () => {
  const long = `contexts: # none yet\n${'\n'.repeat(100_000)}theme: dark\n`;
  expect(withContext(long, 'a', { url: 'http://a' })).toContain('a:\n    url: http://a\n');
});

test('two bodies without a line in common', () => {
  const body = (word: string) =>
    JSON.stringify(Array.from({ length: 20_000 }, (_, at) => `${word}${at}`));
  const change = { keys: ['a'], path: 'a', before: body('old'), after: body('new') };
  expect(wholeChangeLines([change])).toHaveLength(40_002);
});

test('a long name of a key is not in front of each line of its value', () => {
  const path = `metadata.${'x'.repeat(50_000)}`;
  const lines = wholeChangeLines([{ keys: ['a'], path, before: '', after: 'a\n'.repeat(1_000) }]);
  expect(lines).toHaveLength(1_001);
  expect(lines.flat().reduce((sum, { text }) => sum + text.length, 0)).toBeLessThan(400_000);
});
