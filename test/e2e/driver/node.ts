/** How Node itself is told what to do before the program. */
import { fileURLToPath } from 'node:url';

export const program = fileURLToPath(new URL('../../../bin/dkron-tui.js', import.meta.url));

const importing = (script: string): string =>
  `--import=data:text/javascript,${encodeURIComponent(script)}`;

/** An environment in which the script runs before the program. */
export const before = (script: string) => ({ NODE_OPTIONS: importing(script) });

/** An argument of Node that makes it one too old for the program, which then starts the pinned one. */
export const tooOld = importing(
  "Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '20.0.0' } })",
);
