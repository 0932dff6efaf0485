/** A step of a maintenance as commands take it: held, shown, asked about, carried out, kept. */
import { systemClock } from '../../base/clock.ts';
import { counted } from '../../base/counted.ts';
import { type ExitName, NotFound } from '../../base/errors.ts';
import type { Dkron } from '../../dkron/client.ts';
import { closeStep, keepStep } from '../../plan/maintenance/keep.ts';
import { type Held, openMaintenance } from '../../plan/maintenance/store.ts';
import type { Rest, Resuming } from '../../plan/unfinished/resume.ts';
import { bold, plain } from '../../view/line.ts';
import { type ChangeFlags, change } from '../change.ts';
import type { Reached } from '../cluster.ts';
import { showPlan } from '../restore/show.ts';
import { waiting } from '../results.ts';

/** While it lasts, no other program starts or ends the maintenance. */
export async function holding(
  { here }: Reached,
  work: (held: Held) => Promise<ExitName>,
): Promise<ExitName> {
  const held = await openMaintenance(here.places.maintenance).take();
  try {
    return await work(held);
  } finally {
    await held.release();
  }
}

/** How it is looked what an interrupted step has done. */
export const looking = ({ io, here }: Reached): Resuming => ({
  journal: here.journal,
  clock: systemClock,
  elsewhere: (signal) => here.guard.check(signal),
  signal: io.signal,
  onWait: waiting(io),
});

export async function takeStep(
  reached: Reached,
  dkron: Dkron,
  held: Held,
  { plan, live, notes = [] }: Rest & { readonly notes?: readonly string[] },
  flags: ChangeFlags,
): Promise<ExitName> {
  const { here } = reached;
  const wanted = plan.maintenance!;
  const { step, name, why } = wanted;
  const keeping = keepStep(held, wanted, {
    journal: here.journal,
    now: () => new Date().toISOString(),
  });
  const verb = step === 'start' ? 'disable' : 'enable';
  const called = step === 'start' ? `Start the maintenance ${name}` : `End the maintenance ${name}`;
  const chosen = new Set(
    plan.items.filter(({ left }) => left === undefined).map((item) => item.name),
  );
  const exit = await change(
    reached,
    dkron,
    {
      title: (names) => `${called}: ${verb} ${counted(names.length)}`,
      ...{ plan, live, chosen, notes, ...keeping },
      partly: true,
      about: { maintenance: { step, name, why } },
      show: (to, checked, form) =>
        showPlan(to, checked, {
          ...form,
          ofRuns: true,
          chosen: new Set(plan.items.map((item) => item.name)),
          title: [bold(`Maintenance ${name}`), plain(`, ${step}: `)],
        }),
    },
    flags,
  );
  if (flags.dryRun !== true) await closeStep(held, plan, here.journal);
  return exit;
}

export const none = ({ url }: Dkron): NotFound =>
  new NotFound(`no maintenance of the cluster at ${url} goes on that this machine has started`, {
    data: 'Nothing was changed.',
    next: "Where it was started 'dkron-tui maintenance export FILE' writes it, and 'end --from FILE' ends it here.",
  });
