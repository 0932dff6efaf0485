import { join } from 'node:path';
import process from 'node:process';

/** The environment of programs that a test starts: our modules are read and compiled by the first of them. */
export const compiledOnce = (): NodeJS.ProcessEnv => ({
  ...process.env,
  NODE_COMPILE_CACHE: join(process.env['TESTS_HOME']!, 'compiled'),
});
