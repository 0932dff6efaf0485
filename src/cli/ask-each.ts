/** Questions about single jobs of a plan, before all of it is asked about. */
import { OperatorError, UsageError } from '../base/errors.ts';
import type { CheckedPlan, RestoreKind } from '../plan/model.ts';
import { clean } from '../terminal/cell.ts';
import { plain } from '../view/line.ts';
import type { Reached } from './cluster.ts';
import { ask, checkWritable } from './confirm.ts';
import { printLines } from './output.ts';
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
 * Shows what would become of each of these jobs and asks about it; gives those that are to be left as
 * they are. Throws ReadOnly, UsageError where nobody can be asked, and OperatorError where the operator
 * leaves.
 */
export async function askEach(
  invocation: Reached,
  plan: CheckedPlan,
  names: readonly string[],
  form: PlanForm,
): Promise<ReadonlySet<string>> {
  const { io, target } = invocation;
  checkWritable(target);
  const onTerminal = { ...invocation, io: { ...io, stdout: io.stderr } };
  const left = new Set<string>();
  const wanted = new Set(names);
  const items = plan.items.filter(({ name }) => wanted.has(name));
  if (items.length > 0 && !(io.stdin.isTTY && io.stderr.isTTY)) throw nobodyToAsk();
  let rest: Answer | null = null;
  for (const [at, item] of items.entries()) {
    if (rest === null) printItem(onTerminal, item, form);
    const answer: Answer =
      rest ??
      (await askOne(
        invocation,
        `${verbs[item.kind] ?? 'Write over'} ${item.name} (${at + 1} of ${items.length})`,
      ));
    if (answer === 'quit')
      throw new OperatorError('not confirmed', { data: 'nothing was written' });
    if (answer === 'no' || answer === 'none') left.add(item.name);
    if (answer === 'all' || answer === 'none') rest = answer;
  }
  return left;
}

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
