import { version } from './base/version.ts';

process.stdout.write(`dkron-tui ${version}\n`);
