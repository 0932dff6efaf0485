/** Whatever happens in twenty minutes: what is shown of a long list is never older than it is said to be. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Unreachable } from '../../../src/base/errors.ts';
import { startPoller } from '../../../src/console/effects/poller.ts';
import type { MessageOf } from '../../../src/console/state/message.ts';
import type { Message } from '../../../src/console/state/model.ts';
import type { Dkron, ListReadOptions } from '../../../src/dkron/client.ts';
import { fakeClock } from '../../support/clock.ts';
import { known } from '../../support/known.ts';
import { simulated, simulatedServer } from '../../support/simulated.ts';

type Refreshed = MessageOf<'refreshed'>;

const minute = 60_000;
const tick = 250;
/** Of so many bytes the list is read every three minutes. */
const bytes = 45 * minute;
const n1 = { Name: 'n1', Addr: '10.0.0.1', Port: 8946, Tags: {}, Status: 1 };

/** What comes to pass, how long after what came before, ms. */
const happenings = fc.array(
  fc.record({
    after: fc.integer({ min: 1_000, max: 6 * minute }),
    what: fc.constantFrom('edit', 'scroll', 'pause', 'blur', 'back', 'break', 'mend', 'all', 'key'),
    job: fc.nat({ max: 5 }),
  }),
  { maxLength: 25 },
);

it('of rows on the screen, of what fired and ran, of all others', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(simulated, { minLength: 1, maxLength: 6 }),
      happenings,
      async (jobs, happening) => {
        const clock = fakeClock();
        const start = clock.now();
        const there = simulatedServer(start, jobs);
        const names = [...there.list().keys()];
        const attention = { shown: names.slice(0, 1), usedAt: null as number | null };
        let isBroken = false;
        let looking = attention.shown;
        let last: Refreshed | null = null;
        /** What was shown older than was said. */
        const older: string[] = [];
        /** Since when nothing keeps the console from looking every two seconds. */
        let calmSince = start;
        const answer = async <T>(value: T): Promise<{ value: T; whom: string }> => {
          if (isBroken) throw new Unreachable('http://d cannot be reached: connection refused');
          return { value, whom: 'n1' };
        };
        async function* jobBytes({ onHead, onBytes }: ListReadOptions = {}) {
          await answer(null);
          onHead?.({ whom: 'n1', total: null });
          onBytes?.(bytes);
          yield there.list().rows.map(({ text }) => Buffer.from(text));
        }
        const client: Partial<Dkron> = {
          url: 'http://d',
          skew: 0,
          jobBytes,
          renew: () => {},
          job: async (name) => answer(there.job(name)),
          server: () => {
            looking = attention.shown;
            return answer({ name: 'n1', version: '4.1.2', tags: {} });
          },
          leader: () => answer(n1),
          members: () => answer([n1]),
          busy: () => answer(there.busy()),
          paused: () => answer(false),
        };
        const see = (message: Message): void => {
          if (message.type !== 'refreshed') return;
          last = message;
          const { at, liveAt = at } = message;
          for (const { text, job } of message.jobs.values()) {
            const since = looking.includes(job.name) ? liveAt : at;
            if (!there.wasSo(job.name, text, since)) older.push(job.name);
          }
        };
        const poller = startPoller({
          client: client as Dkron,
          clock,
          dispatch: see,
          recognise: async () => true,
          known,
          random: () => 0.5,
          attention: () => attention,
        });
        let pace = { paused: false, focused: true };
        const paced = (wanted: Partial<typeof pace>): void => {
          pace = { ...pace, ...wanted };
          poller.pace(pace);
        };
        const coming = [...happening];
        let next = start + (coming[0]?.after ?? Number.POSITIVE_INFINITY);
        for (let now = start; now < start + 20 * minute; now += tick) {
          there.step(now);
          for (; now >= next; next += coming[0]?.after ?? Number.POSITIVE_INFINITY) {
            const { what, job } = coming.shift()!;
            const name = names[job % names.length]!;
            if (what === 'edit') there.edit(name, now);
            else if (what === 'scroll') attention.shown = [name];
            else if (what === 'pause') paced({ paused: true });
            else if (what === 'blur') paced({ focused: false });
            else if (what === 'back') paced({ paused: false, focused: true });
            else if (what === 'break') isBroken = true;
            else if (what === 'mend') isBroken = false;
            else if (what === 'all') poller.refresh();
            else attention.usedAt = now;
          }
          for (let turns = 0; turns < 3; turns++) await new Promise((done) => setImmediate(done));
          clock.advance(tick);
          for (let turns = 0; turns < 3; turns++) await new Promise((done) => setImmediate(done));
          expect(older).toEqual([]);
          if (isBroken || pace.paused || !pace.focused) calmSince = now;
          if (now - calmSince < minute || last === null) continue;
          for (const [name, row] of (last as Refreshed).jobs) {
            const since = now - (there.moved.get(name) ?? now);
            // Two looks: one hears of the end, one reads it.
            if (since < 5_000 || since > 10_000) continue;
            const { success_count, error_count } = there.job(name);
            expect([name, row.job.success_count, row.job.error_count]).toEqual([
              name,
              success_count,
              error_count,
            ]);
          }
        }
        poller.stop();
      },
    ),
    { numRuns: 6 },
  );
}, 60_000);
