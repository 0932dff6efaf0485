import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CorruptFile } from '../../../src/base/errors.ts';
import { planRestore } from '../../../src/plan/compare.ts';
import { withDeletions } from '../../../src/plan/deletions.ts';
import { readPlan } from '../../../src/plan/text/read.ts';
import { planText } from '../../../src/plan/text/write.ts';
import { aJob } from '../../support/jobs.ts';
import { aFile, anyFile } from './plans.ts';

const live = [
  aJob({ name: 'changed', retries: 1 }),
  aJob({ name: 'same' }),
  aJob({ name: 'gone' }),
];
const wanted = [
  aJob({ name: 'changed', retries: 2 }),
  aJob({ name: 'same' }),
  aJob({ name: 'fresh' }),
];
const file = aFile(withDeletions(planRestore(wanted, live), ['gone'], live));
const text = planText(file);

const failure = (edited: string): CorruptFile => {
  try {
    readPlan(edited, 'PLAN');
  } catch (error) {
    expect(error).toBeInstanceOf(CorruptFile);
    return error as CorruptFile;
  }
  throw new Error('it was read');
};

/** The lines of the jobs and the definitions without the comments. */
const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
const numberOf = (start: string): number =>
  text.split('\n').findIndex((line) => line.startsWith(start)) + 1;

test('a line a job, with the word first and what changes below it', () => {
  const jobs = lines.slice(
    0,
    lines.findIndex((line) => line.startsWith('about')),
  );
  expect(jobs.filter((line) => !line.includes('    # '))).toEqual(
    expect.arrayContaining([
      'overwrite changed  # retries 1 → 2',
      'same same',
      'create fresh',
      'delete gone  # its runs are lost',
    ]),
  );
  expect(text).toContain('    # retries                − 1\n    #                        + 2\n');
});

test('when a job runs then stands below it too', () => {
  const clock = { now: Date.parse('2026-11-26T23:40:00Z'), serverZone: 'UTC', version: '4.1.2' };
  const moved = [aJob({ name: 'changed', schedule: '0 30 6 * * *' })];
  const shown = planText(
    aFile(planRestore(moved, [aJob({ name: 'changed', schedule: '@midnight' })])),
    { clock },
  );
  expect(shown).toMatch(/ {4}# next runs +− Fri 27 Nov 00:00 Z {2}in 20m\n/);
  expect(shown).toMatch(/ {4}# +\+ Fri 27 Nov 06:30 Z {2}in 6h 50m\n/);
});

describe.each([
  ['skip', 'changed', 'skip'],
  ['ask', 'changed', 'ask'],
  ['overwrite', 'changed', 'do'],
  ['create', 'fresh', 'do'],
  ['delete', 'gone', 'do'],
] as const)('%s', (word, name, choice) => {
  test('is a word for it', () => {
    const edited = text.replace(new RegExp(`^\\w+ ${name}`, 'm'), `${word} ${name}`);
    expect(readPlan(edited, 'PLAN').choices.get(name)).toBe(choice);
  });
});

test.each([
  ['an unknown word', `overwite changed`, /line \d+: "overwite" cannot be done with changed/],
  [
    'a word that would say something else',
    'create changed',
    /"create" cannot be done with changed/,
  ],
  ['a name without definition', 'overwrite chnged', /there is no definition of chnged at the end/],
  ['no name', 'overwrite', /there is no name behind the first word/],
  ['more than a name', 'overwrite changed and more', /is no name/],
  ['a quote that is not closed', 'overwrite "changed', /is no name/],
])('refuses %s, and names the line', (_what, line, message) => {
  const at = numberOf('overwrite changed');
  const { message: told, next } = failure(text.replace(/^overwrite changed.*$/m, line));
  expect(told).toMatch(message);
  expect(told).toContain(`PLAN, line ${at}`);
  expect(next).not.toBe('');
});

test('says which name may be meant', () => {
  expect(failure(text.replace('overwrite changed', 'overwrite chnged')).next).toContain(
    'Is changed meant?',
  );
});

test('refuses a job that is there twice', () => {
  const { message } = failure(text.replace('same same', 'same same\nskip same'));
  expect(message).toMatch(/same has a line already: line \d+/);
});

test('refuses a definition that is there twice', () => {
  const definition = lines.find((line) => line.startsWith('definition') && line.includes('"gone"'));
  const twice = text.replace(definition!, `${definition}\n${definition}`).replace('end 4', 'end 5');
  expect(failure(twice).message).toContain('this is the second definition of gone');
});

test('says nothing of what is only on the server but that it is there', () => {
  const rest = aJob({ name: 'rest', metadata: { token: 's3cret' } });
  const whole = planText(aFile(planRestore(wanted, [...live, rest])));
  expect(whole).toContain('\nonly-here rest  # stays as it is\n');
  expect(whole).not.toContain('s3cret');
  expect(failure(whole.replace('only-here rest', 'delete rest')).message).toContain('rest');
});

test('refuses another format', () => {
  expect(failure(text.replace('format 1', 'format 2')).message).toBe(
    'PLAN is a plan of format 2, and this program reads format 1',
  );
  expect(failure('{"name":"a"}').message).toBe('PLAN is not a plan');
  expect(failure('').message).toBe('PLAN is not a plan');
});

test('refuses a plan that is cut off anywhere', () => {
  fc.assert(
    fc.property(anyFile, fc.nat(), (file, at) => {
      const whole = planText(file).trimEnd();
      expect(failure(whole.slice(0, at % whole.length)).data).toBe('Nothing was written.');
    }),
  );
});

test('says where an edited definition is no JSON, or no job', () => {
  const at = numberOf('definition {"name":"fresh"');
  const cut = text.replace('"wanted":{"name":"fresh",', '"wanted":{"name":"fresh"');
  expect(failure(cut).message).toMatch(new RegExp(`PLAN, line ${at}, column \\d+: not JSON: `));
  const wrong = text.replace(
    /("name":"fresh","displayname":"","timezone":"","schedule":)"[^"]*"/,
    '$17',
  );
  expect(failure(wrong).message).toBe(`PLAN, line ${at}: in wanted of fresh schedule must be text`);
  const other = text.replace('"wanted":{"name":"fresh"', '"wanted":{"name":"else"');
  expect(failure(other).message).toContain('wanted is the job else');
});

test('an edited definition is what is wanted then', () => {
  const edited = text.replace('"retries":2', '"retries":5');
  const item = readPlan(edited, 'PLAN').plan.items.find(({ name }) => name === 'changed');
  expect(item).toMatchObject({ job: { retries: 5 }, seen: { retries: 1 } });
  expect(item?.changes).toMatchObject([{ path: 'retries', before: '1', after: '5' }]);
});

test('a job that was the same is written once its word says so', () => {
  const { plan, choices } = readPlan(text.replace('same same', 'overwrite same'), 'PLAN');
  expect(choices.get('same')).toBe('do');
  expect(plan.items.find(({ name }) => name === 'same')?.kind).toBe('change');
});

test('credentials are hidden in what is to be read', () => {
  const secret = aJob({
    name: 'a',
    executor_config: { headers: '["Authorization: Bearer s3cret"]' },
  });
  const plan = aFile(planRestore([secret], [aJob({ name: 'a' })]));
  const comments = (shown: string): string[] =>
    shown.split('\n').filter((line) => !line.startsWith('definition'));
  expect(comments(planText(plan)).join('\n')).not.toContain('s3cret');
  expect(comments(planText(plan, { secrets: true })).join('\n')).toContain('s3cret');
});

test('any text is a plan or refused in words', () => {
  const piece = fc.oneof(
    fc.constantFrom(
      ...lines,
      '#',
      'end 4',
      'about {}',
      'definition {"name":"a"}',
      'definition',
      '\0',
    ),
    fc.string({ unit: 'binary' }),
  );
  fc.assert(
    fc.property(fc.array(piece), fc.nat(), fc.string(), (pieces, at, put) => {
      const hostile = [
        `# dkron-tui plan, format 1\n${pieces.join('\n')}`,
        text.slice(0, at % text.length) + put + text.slice(at % text.length),
        text.slice(0, at % text.length) + text.slice((at % text.length) + put.length),
      ];
      for (const one of hostile)
        try {
          readPlan(one, 'PLAN');
        } catch (error) {
          expect(error).toBeInstanceOf(CorruptFile);
        }
    }),
    { numRuns: 100 },
  );
});
