/** The home of a cluster that is known and answers, for tests of what is asked of it. */
import type { AtHome, Home } from '../../src/console/effects/home.ts';

export const atHome = (home: Home): AtHome => ({
  opened: () => Promise.resolve(home),
  answering: () => Promise.resolve(home),
  later: () => Promise.resolve(home),
});
