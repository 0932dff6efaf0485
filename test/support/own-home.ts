/** Where a worker's tests keep what they do not say where to keep; empty when a test begins (empty-home.ts). */
import { join } from 'node:path';
import process from 'node:process';

const { TESTS_HOME = '', VITEST_POOL_ID = '' } = process.env;
export const ownHome = join(TESTS_HOME, VITEST_POOL_ID);
