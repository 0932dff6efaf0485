/** Questions about single jobs of a plan, before all of it is asked about. */
import { andMore } from '../base/counted.ts';
import { OperatorError, UsageError } from '../base/errors.ts';
import type { CheckedPlan, RestoreKind } from '../plan/model.ts';
import { withoutNeeding } from '../plan/needs.ts';
import { clean } from '../terminal/cell.ts';
import { plain } from '../view/line.ts';
import type { Reached } from './cluster.ts';
import { ask, checkWritable } from './confirm.ts';
import { printLines, printNote } from './output.ts';
import { type PlanForm, printItem } from './plan-view.ts';

type Answer = 'yes' | 'no' | 'all' | 'none' | 'quit';

/** What is typed for each; nothing else is taken for an answer. */
const answers = new Map<string, Answer>([
  ['y', 'yes'],
  ['n', 'no'],
  ['a', 'all'],
  ['q', 'quit'],
  ...(['yes', 'no', 'all', 'none', 'quit'] as const).map((word) => [word, word] as const),
]);

const choices = 'yes, no, all or none of the rest, quit';

/**
 * Shows what would become of each of the jobs that are to be asked about, and asks; gives those of `names` that
 * are to be left as they are, with those that cannot be written without them, which is said. Throws ReadOnly,
 * UsageError where nobody can be asked, and OperatorError where the operator leaves.
 */
export async function askEach(
  invocation: Reached,
  plan: CheckedPlan,
  { names, asking }: Asking,
  form: PlanForm,
): Promise<ReadonlySet<string>> {
  const { io, target } = invocation;
  checkWritable(target);
  const onTerminal = { ...invocation, io: { ...io, stdout: io.stderr } };
  const items = plan.items.filter(({ name }) => asking.has(name));
  if (items.length > 0 && !(io.stdin.isTTY && io.stderr.isTTY)) throw nobodyToAsk();
  const refused = new Set<string>();
  let going = new Set(names);
  for (const [at, item] of items.entries()) {
    if (!going.has(item.name)) continue;
    printItem(onTerminal, item, form);
    const verb = verbs[item.kind] ?? 'Write over';
    const answer = await askOne(invocation, `${verb} ${item.name} (${at + 1} of ${items.length})`);
    if (answer === 'quit')
      throw new OperatorError('not confirmed', { data: 'nothing was written' });
    if (answer === 'no') refused.add(item.name);
    if (answer === 'none') for (const { name } of items.slice(at)) refused.add(name);
    going = withoutNeeding(plan, names, refused);
    if (answer === 'all' || answer === 'none') break;
  }
  const left = names.filter((name) => !going.has(name));
  const needing = left.filter((name) => !refused.has(name));
  if (needing.length > 0) printNote(io, needingText(needing));
  return new Set(left);
}

export interface Asking {
  /** All that would be written. */
  readonly names: readonly string[];
  /** Those among them that are asked about. */
  readonly asking: ReadonlySet<string>;
}

const mentioned = 5;

const needingText = (names: readonly string[]): string =>
  `left out as well, because they need what you left out: ${andMore(names, mentioned)}`;

const verbs: Partial<Record<RestoreKind, string>> = { new: 'Create', delete: 'Delete' };

async function askOne({ io }: Reached, what: string): Promise<Answer> {
  for (;;) {
    const typed = await ask(io, clean(`${what}? [${choices}] `));
    const answer = answers.get(typed?.toLowerCase() ?? 'quit');
    if (answer !== undefined) return answer;
    printLines({ ...io, stdout: io.stderr }, [[plain(`Answer with ${choices}.`)]]);
  }
}

const nobodyToAsk = (): UsageError =>
  new UsageError('there are jobs to be asked about, and there is no terminal to ask on', {
    data: 'nothing was written',
    next: 'use a terminal; or --existing overwrite or --existing skip, or another word than ask in the plan',
  });
