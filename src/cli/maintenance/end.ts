/** `maintenance end`: enables what nobody touched since, also of one that has started half way. */
import { andMore } from '../../base/counted.ts';
import type { ExitName } from '../../base/errors.ts';
import type { Dkron } from '../../dkron/client.ts';
import { findEnd } from '../../plan/maintenance/end.ts';
import type { RestorePlan } from '../../plan/model.ts';
import type { ChangeFlags } from '../change.ts';
import type { Reached } from '../cluster.ts';
import { heldFrom } from './export.ts';
import { holding, looking, none, takeStep } from './step.ts';

export interface EndFlags extends ChangeFlags {
  /** A file that another machine has exported. */
  readonly from?: string;
}

export const end = (reached: Reached, dkron: Dkron, flags: EndFlags): Promise<ExitName> =>
  holding(reached, async (own) => {
    const held = flags.from === undefined ? own : await heldFrom(flags.from, own);
    if (held.record === null) throw none(dkron);
    const { plan, live } = await findEnd(dkron, held.record, looking(reached));
    const lost = lostIn(plan);
    const notes = lost.length === 0 ? [] : [lostText(lost)];
    const exit = await takeStep(reached, dkron, held, { plan, live, notes }, flags);
    return exit === 'ok' && lost.length > 0 ? 'partial' : exit;
  });

/** Those that do not run as they did before, and are left so. */
const lostIn = ({ items }: RestorePlan): readonly string[] =>
  items.flatMap(({ name, left, seen }) =>
    left !== undefined && seen?.disabled !== false ? name : [],
  );

const lostText = (names: readonly string[]): string =>
  `left as others made ${names.length === 1 ? 'it' : 'them'}: ${andMore(names, mentioned)}`;

const mentioned = 5;
