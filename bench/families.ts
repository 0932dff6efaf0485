import { frameOf } from '../src/console/frame/frame.ts';
import { update } from '../src/console/update/update.ts';
import { tableOf } from '../src/job/table.ts';
import { wholeJob } from '../src/job/zero.ts';
import { press, showing } from '../test/console/states.ts';
import { keyOf } from '../test/terminal/press.ts';
import { median, timed } from './measure.ts';
import type { Row } from './report.ts';

const jobs = 2_000;
const deep = 50;

/** Chains of so many jobs, each parent listing its child, and a tenth of them with a link that is broken. */
const chains = () =>
  Array.from({ length: jobs }, (_, at) => {
    const step = at % deep;
    const name = (of: number): string => `chain-${Math.floor(of / deep)}-${of % deep}`;
    const children = step === deep - 1 ? [] : [name(at + 1)];
    return wholeJob({
      name: name(at),
      schedule: step === 0 ? '@daily' : '',
      parent_job: step === 0 ? '' : name(at - 1),
      dependent_jobs: at % 10 === 3 ? ['gone', ...children] : children,
    });
  });

/** The tree of families worked out anew from a list, and drawn; and one step of the cursor in it. */
export async function measureFamilies(): Promise<Row[]> {
  const drawn: number[] = [];
  const steps: number[] = [];
  for (let round = 0; round < 12; round++) {
    const shown = { ...press(showing(chains()), 'T', 'a'), columns: 200, rows: 50 };
    const byName = tableOf(shown.jobs.byName.values());
    const state = { ...shown, jobs: { ...shown.jobs, byName } };
    drawn.push(await timed(() => frameOf(state)));
    steps.push(
      await timed(() => frameOf(update(state, { type: 'key', key: keyOf('j'), at: 0 })[0])),
    );
  }
  const of = `families of ${jobs} jobs, ${deep} deep`;
  return [
    { measure: `${of}, worked out and drawn`, unit: 'ms', ours: median(drawn), aim: { most: 50 } },
    { measure: `${of}, a step of the cursor`, unit: 'ms', ours: median(steps), aim: { most: 3 } },
  ];
}
