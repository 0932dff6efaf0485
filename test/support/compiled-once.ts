import { join } from 'node:path';
import process from 'node:process';

/** Where programs that tests start keep compiled code (NODE_COMPILE_CACHE): the first of them reads and compiles it. */
export const compiledOnce = (): string => join(process.env['TESTS_HOME']!, 'compiled');
