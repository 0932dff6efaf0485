/** `restore --apply PLAN`: carries out a plan that was kept, as far as nobody changed its jobs since. */
import { counted } from '../../base/counted.ts';
import type { ExitName } from '../../base/errors.ts';
import { nameOf } from '../../config/input.ts';
import type { Dkron } from '../../dkron/client.ts';
import { readLive } from '../../dkron/live.ts';
import { planOver, renewPlan } from '../../plan/renew.ts';
import { loadPlan } from '../../plan/text/file.ts';
import type { PlanFile } from '../../plan/text/plan-file.ts';
import { checkTarget, namesWith } from '../../plan/text/target.ts';
import { bold, plain } from '../../view/line.ts';
import { aboutOf, type ChangeFlags, change } from '../change.ts';
import type { Reached } from '../cluster.ts';
import type { Invocation } from '../invocation.ts';
import { printJson, printLines } from '../output.ts';
import { withCluster } from '../with-cluster.ts';
import { type ShowFlags, showPlan } from './show.ts';

/** Reads the plan before the server is asked anything; gives how the program ends. */
export async function applyPlanFile(
  invocation: Invocation,
  path: string,
  flags: ShowFlags,
): Promise<ExitName> {
  const file = await loadPlan(path, invocation.io.stdin);
  return withCluster(invocation, 'change', (dkron, reached) => {
    if (!reached.cluster.same) checkTarget(file, reached.here, elsewhere);
    return flags.planOut === undefined
      ? carryOut(reached, dkron, { path, file }, flags)
      : keepRefused(reached, dkron, { path, file }, flags);
  });
}

interface Given {
  readonly path: string;
  readonly file: PlanFile;
}

async function carryOut(
  reached: Reached,
  dkron: Dkron,
  { path, file }: Given,
  flags: ShowFlags,
): Promise<ExitName> {
  const live = await readLive(dkron, { signal: reached.io.signal });
  const plan = renewPlan(file.plan, namesWith(file, 'do', 'ask'), live);
  const chosen = new Set(plan.items.map(({ name }) => name));
  const title = [bold(nameOf(path)), plain(` (planned ${file.at}) into ${dkron.url}: `)];
  return change(
    reached,
    dkron,
    {
      title: (writing) => `Carry out ${nameOf(path)}: write ${counted(writing.length)}`,
      plan,
      live,
      chosen,
      asking: namesWith(file, 'ask'),
      partly: true,
      whole: true,
      about: { file: path },
      show: (reached, checked, form) =>
        showPlan(reached, checked, { ...form, chosen, title, diff: flags.diff === true }),
    },
    flags,
  );
}

/** A plan of the jobs alone that somebody changed since, over what they are now. */
async function keepRefused(
  reached: Reached,
  dkron: Dkron,
  { path, file }: Given,
  flags: ChangeFlags,
): Promise<ExitName> {
  const { io, json } = reached;
  const live = await readLive(dkron, { signal: io.signal });
  const renewed = renewPlan(file.plan, namesWith(file, 'do', 'ask'), live);
  const moved = renewed.items.filter((item) => item.moved !== undefined);
  if (moved.length === 0) {
    const text = 'nobody changed its jobs since: nothing is to be planned anew';
    if (json) printJson(io, { ...aboutOf(reached, dkron, { file: path }), plan: [] });
    else printLines(io, [[plain(`${nameOf(path)}: ${text}`)]]);
    return 'ok';
  }
  return change(
    reached,
    dkron,
    {
      title: `what was changed since in ${nameOf(path)}`,
      plan: planOver(renewed, moved, live),
      live,
      partly: true,
      whole: true,
      about: { file: path },
    },
    flags,
  );
}

const elsewhere =
  'Make it lead to that cluster (--context, --url). If it is the same, seen from another machine or by another way, repeat the command with --same-cluster: each job is compared with the plan in any case.';
