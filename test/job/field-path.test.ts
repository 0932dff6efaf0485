import { expect, it } from 'vitest';
import { bodyKeys, isBody, pathOf } from '../../src/job/field-path.ts';

it('a body is told from every other value', () => {
  expect(isBody(bodyKeys)).toBe(true);
  expect(isBody(['executor_config', 'url'])).toBe(false);
  expect(isBody(['executor_config'])).toBe(false);
  expect(pathOf(bodyKeys)).toBe('executor_config.body');
});
