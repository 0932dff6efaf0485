import { expect, test } from 'vitest';
import type { Job } from '../../../src/job/job.ts';
import { definedJob } from '../../../src/job/job-value.ts';
import { parseJson } from '../../../src/json/numbers.ts';
import {
  definitionHash,
  definitionsHash,
  lineDefinitions,
} from '../../../src/snapshot/archive/definition.ts';

const line =
  '{"id":"a","name":"a","success_count":3,"retries":2,"metadata":{"next":"é"},"next":"x"}';

const parsed = (text: string): Job => {
  const defined = definedJob(parseJson(text));
  if (!('job' in defined)) throw new Error('no job');
  return defined.job;
};

test('a line of the server and the job that was parsed from it have the same hash', () => {
  const inDkronsOrder = line.replace(
    '"retries":2,"metadata":{"next":"é"}',
    '"metadata":{"next":"é"},"retries":2',
  );
  const read = lineDefinitions();
  expect(read(Buffer.from(inDkronsOrder))).toEqual({
    name: 'a',
    definition: definitionHash(parsed(line)),
  });
  expect(read(Buffer.from(line))).toBeNull();
  expect(read(Buffer.from(inDkronsOrder, 'latin1'))).toBeNull();
});

test('jobs have the same hash in any order, and another one with one more', () => {
  const [a, b] = [{ definition: 'a' }, { definition: 'b' }];
  expect(definitionsHash([a, b])).toBe(definitionsHash([b, a]));
  expect(definitionsHash([a, b, b])).not.toBe(definitionsHash([a, b]));
});
