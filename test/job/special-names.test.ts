/** Names that every object of JavaScript answers to, as names of an operator's own. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseJob } from '../../src/dkron/list.ts';
import { definition, diffJobs } from '../../src/job/compare.ts';
import { jobFromYaml, jobToYaml } from '../../src/job/file/yaml.ts';
import type { Job } from '../../src/job/job.ts';
import { definedJob } from '../../src/job/job-value.ts';
import { checkJob } from '../../src/job/lint/lint.ts';
import { mergeJobs } from '../../src/job/merge.ts';
import { mapText, readMap } from '../../src/job/values/map-text.ts';
import { getPath, removePath, setPath } from '../../src/job/values/path.ts';
import { valueEditor } from '../../src/job/values/values.ts';
import { parseJson, stringifyJson } from '../../src/json/numbers.ts';
import { instantFromMillis } from '../../src/schedule/index.ts';
import { isJob } from '../../src/snapshot/file/found.ts';
import { foundIn } from '../snapshot/texts.ts';

const special = fc.constantFrom(
  ...Object.getOwnPropertyNames(Object.prototype),
  'prototype',
  'length',
  'name',
  'then',
  'toJSON',
);
const text = fc.constantFrom('', 'x', '1', '{"__proto__":{"a":1}}', 'a\nb');
/** A map as JSON: an object literal in a test could not have such a key. */
const map = fc
  .array(fc.tuple(special, text), { maxLength: 4 })
  .map((entries) => Object.fromEntries(entries));
const maps = fc
  .array(fc.tuple(special, map), { maxLength: 3 })
  .map((entries) => Object.fromEntries(entries));

const fieldsOf = fc.record({
  tags: map,
  metadata: map,
  executor_config: map,
  processors: maps,
  executor: fc.constantFrom('http', 'shell', 'constructor', '__proto__'),
  retries: fc.nat(3),
});

/** A job as a server sends it, with fields that only a newer Dkron would have. */
const job = fc.tuple(fieldsOf, fc.constantFrom('a', '__proto__', 'constructor'), maps).map(
  ([fields, name, more]) =>
    parseJob(
      '',
      JSON.stringify({
        ...Object.fromEntries(Object.entries(more).filter(([key]) => key !== 'name')),
        ...fields,
        name,
      }),
    ).job,
);

const exact = (value: unknown): string => stringifyJson(value);
const definitionOf = (one: Job): string => exact(definition(one));

describe('a name that is special to JavaScript', () => {
  it('is read from a server and from a file, and nothing vanishes', () => {
    fc.assert(
      fc.property(job, (one) => {
        const sent = exact(definition(one));
        const read = parseJob('', sent).job;
        for (const [key, value] of Object.entries(definition(one)))
          expect(exact(Object.getOwnPropertyDescriptor(read, key)?.value)).toBe(exact(value));
        const [found] = foundIn(sent);
        expect(found && isJob(found) && diffJobs(one, found.job)).toEqual([]);
        const [yaml] = foundIn(sent, 'a.yaml');
        expect(yaml && isJob(yaml) && diffJobs(one, yaml.job)).toEqual([]);
        expect(checkJob(one, { now: instantFromMillis(0) })).toBeInstanceOf(Array);
      }),
    );
  });

  it('comes back from the editor as it was, and taken out of the file it is gone', () => {
    fc.assert(
      fc.property(job, (one) => {
        const back = jobFromYaml(jobToYaml(one), one);
        expect('job' in back && definitionOf(back.job)).toBe(definitionOf(one));
        const without = jobFromYaml(jobToYaml({ ...one, tags: null, metadata: null }), one);
        expect('job' in without && [without.job.tags, without.job.metadata]).toEqual([{}, {}]);
      }),
    );
  });

  it('is set, read and taken away by its path', () => {
    const field = fc.constantFrom(
      'tags',
      'metadata',
      'executor_config',
      'processors.log',
      'processors.constructor',
      'processors.__proto__',
    );
    fc.assert(
      fc.property(job, field, special, (one, at, name) => {
        const path = `${at}.${name}`;
        const set = setPath(one, path, 'new');
        if ('error' in set) throw new Error(set.error);
        const [first = '', ...rest] = at.split('.');
        const parents = [first, ...rest].reduce<unknown>(
          (value, key) => Object.getOwnPropertyDescriptor(value ?? {}, key)?.value,
          set.job,
        );
        expect(Object.getOwnPropertyDescriptor(parents, name)?.value).toBe('new');
        expect(getPath(set.job, path)).toEqual({ value: 'new' });
        const removed = removePath(set.job, path);
        if ('error' in removed) throw new Error(removed.error);
        expect(getPath(removed.job, path)).toHaveProperty('error');
        expect(Object.getPrototypeOf(set.job)).toBe(Object.prototype);
      }),
    );
  });

  it('is compared and merged as any other', () => {
    fc.assert(
      fc.property(job, fieldsOf, (base, fields) => {
        const mine = { ...base, ...fields };
        const { merged } = mergeJobs(base, mine, { ...base, owner: 'them' });
        expect(diffJobs(merged, { ...mine, owner: 'them' })).toEqual([]);
        if (diffJobs(base, mine).length === 0) return;
        expect(diffJobs(mine, base)).not.toEqual([]);
      }),
    );
  });

  it('is edited as text', () => {
    fc.assert(
      fc.property(
        map,
        special,
        fc.constantFrom('http', 'shell', 'constructor'),
        (one, name, executor) => {
          const read = readMap(mapText(one));
          expect('value' in read && exact(read.value)).toBe(exact(one));
          const base = parseJob('', exact({ name: 'a', executor, executor_config: one })).job;
          const editor = valueEditor(['executor_config', name], base)!;
          const value = Object.getOwnPropertyDescriptor(one, name)?.value ?? '';
          expect(typeof editor.print(value)).toBe('string');
          expect(editor.parse('x')).toHaveProperty('value');
        },
      ),
    );
  });

  it('is no field, unless a job has it', () => {
    const one = parseJob('', '{"name":"a"}').job;
    for (const name of ['constructor', '__proto__', 'toString']) {
      expect(setPath(one, name, '1')).toEqual({ error: `a job has no field ${name}` });
      const stranger = parseJob('', `{"name":"a","${name}":{"${name}":1}}`).job;
      const set = setPath(stranger, `${name}.${name}`, '2');
      expect('job' in set && exact(set.job)).toContain(`"${name}":{"${name}":2}`);
      const removed = removePath(stranger, name);
      expect('job' in removed && Object.hasOwn(removed.job, name)).toBe(false);
    }
    expect(definedJob(parseJson('{"name":"a","__proto__":{"x":1}}'))).toHaveProperty('job');
  });
});
