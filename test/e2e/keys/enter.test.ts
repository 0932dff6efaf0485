import { describe, it } from 'vitest';
import { openConsole } from '../driver/console.ts';
import { demo } from '../driver/server.ts';

const server = demo(['alpha', 'bravo', 'charlie'].map((name) => ({ name })));

describe('Enter as a line feed', () => {
  it.each(['\n', '\r\n', '\x1b[13u', '\x1b[27;5;13~'])(
    '%j keeps a filter, and what follows are keys',
    async (enter) => {
      const on = await openConsole(server);
      await on.press('/');
      await on.type('l');
      await on.type(enter);
      await on.press('j');
      await on.jobs.isOn('charlie');
      await on.sees('/l ');
    },
  );
});
