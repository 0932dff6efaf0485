import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { neatYaml } from '../../../src/job/file/neat.ts';
import type { Job } from '../../../src/job/job.ts';
import { definedJob } from '../../../src/job/job-value.ts';
import { differences, rewritten } from '../../../src/snapshot/export/rewrite.ts';
import { isJob } from '../../../src/snapshot/file/found.ts';
import { anOddJob } from '../../support/odd-jobs.ts';
import { foundIn } from '../texts.ts';

function heldIn(text: string): Job {
  const [only] = foundIn(text, 'a.yaml');
  if (!only || !isJob(only)) throw new Error(text);
  return only.job;
}

/** The file after the job became this one. */
function become(text: string, fields: Partial<Job>): string | null {
  const held = heldIn(text);
  return rewritten({ text, job: held }, { ...held, ...fields });
}

const written = `# kept by the mobility team
name:   a        # never rename
# twice an hour, ask Ada before you change it
schedule: '@every 30m'   # was 1h
executor: "http"
executor_config:
    # of the gateway
    url: http://gateway/refresh
    body: '{"a": 1,  "b": [1, 2]}' # asked for by Ada
    timeout: 30

# who to ask
owner: mobility
tags: {role: "web:1", dc: dc1}
retries: 2
`;

describe('a file that somebody wrote', () => {
  it.each<[what: string, from: string, to: string, fields: Partial<Job>]>([
    ['a value', "'@every 30m'", '"@every 5m"', { schedule: '@every 5m' }],
    ['a number', 'retries: 2', 'retries: 3', { retries: 3 }],
    ['a value that goes', 'retries: 2\n', '', { retries: 0 }],
    [
      'a field that comes',
      'owner: mobility\n',
      'owner: mobility\nowner_email: ada@example.org\n',
      { owner_email: 'ada@example.org' },
    ],
    ['a flag in its place', '   # was 1h\n', '   # was 1h\ndisabled: true\n', { disabled: true }],
    [
      'a map that comes',
      'tags: {role: "web:1", dc: dc1}\n',
      'tags: {role: "web:1", dc: dc1}\nmetadata:\n  "1": one\n  team: a b\n',
      { metadata: { team: 'a b', 1: 'one' } },
    ],
  ])('is changed where it differs and nowhere else: %s', (_what, from, to, fields) => {
    expect(become(written, fields)).toBe(written.replace(from, () => to));
  });

  const config = heldIn(written).executor_config!;

  it.each<[what: string, from: string, to: string, config: Record<string, string>]>([
    ['a setting', 'gateway/refresh', 'gateway/other', { ...config, url: 'http://gateway/other' }],
    ['one that goes', '    timeout: 30\n', '', { url: config['url']!, body: config['body']! }],
    [
      'one that comes',
      '    timeout: 30\n',
      '    timeout: 30\n    method: POST\n',
      { ...config, method: 'POST' },
    ],
  ])('has settings that are changed by themselves: %s', (_what, from, to, executor_config) => {
    expect(become(written, { executor_config })).toBe(written.replace(from, () => to));
  });

  it('has bodies that keep the white space they have here', () => {
    const body = '{"a":1,"b":[1,2,3]}';
    const now = become(written, { executor_config: { ...config, body } })!;
    expect(heldIn(now).executor_config!['body']).toBe('{"a": 1,  "b": [1, 2, 3]}');
    expect(now).toContain('# asked for by Ada\n');
  });

  it('keeps its comments where it has to be set anew', () => {
    const now = become(written, { tags: { role: 'web:2', dc: 'dc1' } })!;
    expect(heldIn(now).tags).toEqual({ role: 'web:2', dc: 'dc1' });
    for (const comment of written.match(/#.*/g)!) expect(now).toContain(comment);
  });

  it('keeps the line ends of Windows', () => {
    const windows = written.replaceAll('\n', '\r\n');
    const now = become(windows, { displayname: 'A', retries: 0, owner: 'x' })!;
    expect(now.replaceAll('\r\n', '')).not.toContain('\n');
    expect(heldIn(now)).toMatchObject({ displayname: 'A', retries: 0, owner: 'x' });
  });

  it('is not touched for white space in a body, nor for what the server does not keep', () => {
    const held = heldIn(`${written}limits: 3\n`);
    const { limits: _, ...shown } = held as Job & { limits: unknown };
    const job = { ...shown, executor_config: { ...config, body: '{"a":1,"b":[1,2]}' } } as Job;
    expect(differences(held, job)).toEqual([]);
  });

  it('with references is left alone where one value is two', () => {
    const text = 'name: a\nexecutor: shell\nowner: &o x\nowner_email: *o\nschedule: "@daily"\n';
    expect(become(text, { owner: 'y' })).toBeNull();
    expect(become(text, { retries: 1 })).toContain('owner_email: *o');
  });
});

it.each([
  ['the next', 'retries: 2', '# why it stays\nconcurrency: forbid\n'],
  ['the end', 'concurrency: forbid', '# why not two\n'],
])('what stands above a field that goes stays, above %s', (_where, field, kept) => {
  const text = `name: a
displayname: A # first seen in March
schedule: "@daily"
executor: shell
# why two
retries: 2
# why it stays
concurrency: forbid
`.replace('# why it stays', field.startsWith('c') ? '# why not two' : '# why it stays');
  const held = heldIn(text);
  const { retries, concurrency } = heldIn('name: a\nexecutor: shell\nschedule: "@daily"\n');
  const gone = field.startsWith('c') ? { concurrency } : { retries };
  // The name that people read ends with a line break, which has to be written on lines of its own.
  const now = rewritten({ text, job: held }, { ...held, ...gone, displayname: 'A\n' } as Job)!;
  expect(now).not.toContain(field);
  expect(now.endsWith(kept)).toBe(true);
  for (const comment of text.match(/#.*/g)!) expect(now).toContain(comment);
});

it('any file becomes any job, and keeps every comment', () => {
  const job = anOddJob.filter((one) => 'job' in definedJob(one));
  fc.assert(
    fc.property(job, job, fc.integer(), (before, now, seed) => {
      let count = 0;
      // A comment above every field and behind every value of one word.
      const text = neatYaml(before)
        .replace(/(?<![^\n])(?=\w+:)/g, () => `# c${seed}-${count++}\n`)
        .replace(/(?<![^\n])(\w+: \w+)(?=\n)/g, (line) => `${line} # d${seed}-${count++}`);
      const held = heldIn(text);
      const changed = rewritten({ text, job: held }, now);
      expect(changed).not.toBeNull();
      expect(differences(heldIn(changed!), now)).toEqual([]);
      for (const comment of text.match(/# c-?\d+-\d+/g)!) expect(changed).toContain(comment);
      if (differences(held, now).length === 0) expect(changed).toBe(text);
    }),
    { numRuns: 100 },
  );
});
