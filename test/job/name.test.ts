import { expect, it } from 'vitest';
import { allowedName, nameProblem } from '../../src/job/name.ts';

it.each([
  ['a-b_1', undefined, 'a-b_1'],
  ['é', undefined, 'é'],
  ['', 'name cannot be empty', undefined],
  ['Nightly Job!', "name contains illegal character 'N'", 'nightly-job'],
  ['--a--', undefined, 'a'],
  ['日本', "name contains illegal character '日'", undefined],
])('the name %j: %s; the nearest is %j', (name, problem, allowed) => {
  expect(nameProblem(name)).toBe(problem);
  expect(allowedName(name)).toBe(allowed);
});
