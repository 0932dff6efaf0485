/** The program as `bin/start.js` starts it, for tests that bundle it themselves. */
import { main } from '../../src/main.ts';

await main({ keep: async () => {} }, null);
