/** Who should have run and did not, who takes too long, which nodes come and go: by what is read anyway, off the way of keys. */
import type { Home } from './home.ts';
import { createOversight, type OversightOptions } from './oversight.ts';
import { createRoster } from './roster.ts';
import { createRunTimes, type RunTimesEffects, type RunTimesOptions } from './run-times.ts';

type Options = Omit<OversightOptions & RunTimesOptions, 'heard' | 'file'> & {
  readonly home: () => Promise<Pick<Home, 'missed' | 'times' | 'roster'>>;
};

export function createOverseeing({ home, ...options }: Options): RunTimesEffects {
  const times = createRunTimes({ ...options, file: async () => (await home()).times });
  const file = async () => (await home()).missed;
  const oversight = createOversight({ ...options, heard: times.heard, file });
  const roster = createRoster({ ...options, file: async () => (await home()).roster });
  return {
    saw(looked, shown) {
      oversight.saw(looked, shown);
      times.saw(looked, shown);
      roster.saw(looked, shown);
    },
    heard: times.heard,
    async stop() {
      oversight.stop();
      await Promise.all([times.stop(), roster.stop()]);
    },
  };
}
