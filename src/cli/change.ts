/** How every command changes a server: a plan is shown, asked about, carried out and reported. */
import { counted } from '../base/counted.ts';
import { type ExitName, OperatorError, Refused } from '../base/errors.ts';
import { calledOf, isToken } from '../config/target.ts';
import type { Dkron } from '../dkron/client.ts';
import type { Live } from '../dkron/live.ts';
import { readNodes } from '../dkron/nodes.ts';
import type { Job } from '../job/job.ts';
import { applyPlan, type Begin, type Resumed } from '../plan/apply.ts';
import { type CheckOptions, checkPlan } from '../plan/check.ts';
import type { ChildFault } from '../plan/children.ts';
import { writable } from '../plan/compare.ts';
import type { CheckedItem, CheckedPlan, RestorePlan, RestoreResult } from '../plan/model.ts';
import { isDone } from '../plan/outcome.ts';
import { asksAbout } from '../plan/policy/choices.ts';
import { policyJson, policyTexts } from '../plan/policy/words.ts';
import { countsOf } from '../plan/tally.ts';
import { forgetUndone } from '../plan/unfinished/undone.ts';
import { instantFromMillis } from '../schedule/index.ts';
import { plain, quiet } from '../view/line.ts';
import { askEach } from './ask-each.ts';
import type { Reached } from './cluster.ts';
import { answerTo, confirm } from './confirm.ts';
import { joinsJson, joinsOf } from './joins.ts';
import { keepPlan, keptLines } from './keep-plan.ts';
import { conflictLines } from './moved.ts';
import { printJson, printLines, printNote } from './output.ts';
import { planJson } from './plan-json.ts';
import { type PlanForm, printPlan } from './plan-view.ts';
import { exitOf, printFaults, printResults, resultsJson } from './results.ts';
import { sparedChanging } from './spare-memory.ts';
import { ttlsFor } from './ttls.ts';
import { beginOf, unfinishedOf } from './unfinished.ts';
import { doorTo, safetyFor } from './with-cluster.ts';
import { writingLine } from './writing.ts';

export interface ChangeFlags {
  readonly dryRun?: boolean;
  readonly yes?: boolean;
  /** False: no snapshot before several jobs are changed. */
  readonly safety?: boolean;
  /** Keep the plan in this file, and write nothing to the server. */
  readonly planOut?: string;
  /** In what is kept, shown and told of differences. */
  readonly showSecrets?: boolean;
}

export interface Wish {
  /** What is to be done to so many jobs, as the question begins: `Disable 3 jobs`. */
  readonly title: string | ((names: readonly string[]) => string);
  readonly plan: RestorePlan;
  /** What the plan was made against. */
  readonly live: Live;
  /** Those of the plan that it is about; all of them unless told. */
  readonly chosen?: ReadonlySet<string>;
  /** Those that the operator is asked about one by one. */
  readonly asking?: ReadonlySet<string>;
  /** What a plan that is kept says it was made of; the title unless told. */
  readonly source?: string;
  /** Write what can be written where some jobs are blocked. */
  readonly partly?: boolean;
  /** The jobs come from elsewhere as a whole: what is wrong with them already is told as well. */
  readonly whole?: boolean;
  /** How long jobs take, where it matters. */
  readonly times?: CheckOptions['times'];
  /** What the plan does not show. */
  readonly notes?: readonly string[];
  /** Shows the plan; every difference in full unless told. */
  readonly show?: (invocation: Reached, plan: CheckedPlan, form: PlanForm) => void;
  /** How the question goes on to the server; `on` unless told. */
  readonly where?: 'into';
  /** It goes on with an operation that was interrupted. */
  readonly resumes?: Resumed | null;
  /** How it is kept until its end; as any operation on several jobs unless told. */
  readonly begin?: Begin;
  /** What to do next where a job is blocked. */
  readonly advice?: string;
  /** What programs are told beside the plan or the results. */
  readonly about?: Readonly<Record<string, unknown>>;
}

/**
 * Shows the plan, asks, writes, and says what became of it; gives how the program ends. Throws what kept it
 * from writing a single job, or, unless `partly`, why some job cannot be written.
 */
export const change = (
  invocation: Reached,
  dkron: Dkron,
  wish: Wish,
  flags: ChangeFlags,
): Promise<ExitName> =>
  sparedChanging(wish.plan.items.length, () => changed(invocation, dkron, wish, flags));

async function changed(
  invocation: Reached,
  dkron: Dkron,
  wish: Wish,
  { dryRun = false, yes = false, safety: isSafe = true, planOut, showSecrets = false }: ChangeFlags,
): Promise<ExitName> {
  const { io, json } = invocation;
  const { serverZone, credentials } = invocation.target;
  const [server, nodes, ttls] = await Promise.all([
    dkron.server({ signal: io.signal }),
    readNodes(dkron, { signal: io.signal }),
    ttlsFor(invocation),
  ]);
  const { version } = server.value;
  const clock = { now: Date.now(), serverZone, version };
  const token = isToken(credentials);
  const now = instantFromMillis(clock.now);
  const judged = { version, serverZone, now, nodes, ttls, token, all: wish.whole === true };
  const plan = checkPlan(wish.plan, wish.live.jobs, { ...judged, times: wish.times });
  const chosen = wish.chosen ?? new Set(plan.items.map(({ name }) => name));
  const names = writable(plan).filter((name) => chosen.has(name));
  const joins = joinsOf(plan, names, wish.live.jobs, clock);
  const form = { clock, showSecrets, joins };
  const blocked = plan.items.filter(({ name, kind }) => kind === 'blocked' && chosen.has(name));
  const asked = !dryRun && planOut === undefined && !yes && io.stderr.isTTY === true;
  // Programs read stdout as JSON; an operator who is asked sees what about.
  const shown = json ? { ...io, stdout: io.stderr } : io;
  if (!json || asked) {
    (wish.show ?? printPlan)({ ...invocation, io: shown }, plan, form);
    const notes = names.length > 0 && blocked.length === 0 ? (wish.notes ?? []) : [];
    printLines(
      shown,
      [...policyTexts(plan, chosen), ...notes].map((note) => [quiet(note)]),
    );
  }
  const [first] = blocked;
  if (first && !wish.partly) throw refusal(first, wish.advice);
  const policy = policyJson(plan, chosen);
  const about = aboutOf(invocation, dkron, {
    ...wish.about,
    ...joinsJson(joins),
    ...(policy && { policy }),
  });
  const asking = new Set([
    ...asksAbout(plan, names),
    ...names.filter((name) => wish.asking?.has(name)),
  ]);
  if (planOut !== undefined) {
    const choices = new Map(names.map((name) => [name, asking.has(name) ? 'ask' : 'do'] as const));
    const source = wish.source ?? titleOf(wish, names);
    const keeping = { path: planOut, source, clock, plan, choices, secrets: showSecrets };
    await keepPlan(invocation, dkron, keeping);
    if (json)
      printJson(io, { ...about, kept: planOut, plan: planJson(plan, new Set(names), form) });
    else printLines(io, keptLines(keeping));
    return unwritten(names, first);
  }
  if (dryRun || names.length === 0) {
    const marked = wish.chosen ?? new Set(names);
    if (json) printJson(io, { ...about, plan: planJson(plan, marked, form) });
    else if (names.length === 0 && !wish.show) printLines(io, [[plain('nothing to write')]]);
    return unwritten(names, first);
  }
  const left = await askEach(invocation, plan, { names, asking }, form);
  const writing = names.filter((name) => !left.has(name));
  if (writing.length === 0) return report(invocation, dkron, [], { plan, about });
  const title = titleOf(wish, writing);
  const question = `${title} ${wish.where ?? 'on'} ${calledOf(invocation.target, dkron)}?`;
  const agreed = await confirm(invocation, question, yes, answerTo(plan, new Set(writing)));
  const all = wish.chosen ?? new Set([...names, ...blocked.map(({ name }) => name)]);
  const wanted = new Set([...all].filter((name) => !left.has(name)));
  const door = doorTo(invocation, dkron, agreed);
  const { end, ...telling } = writingLine(io, !json, wanted.size);
  const { results, safety, faults } = await applyPlan(door, plan, wanted, {
    keep: isSafe ? safetyFor(invocation, dkron) : null,
    begin: wish.begin ?? beginOf(invocation, dkron, title, version),
    resumes: wish.resumes ?? null,
    signal: io.signal,
    ...telling,
  }).finally(end);
  await invocation.here.journal.tidy();
  const forgotten = await forgetUndone(unfinishedOf(invocation.here), plan, results);
  if (!json) for (const note of forgotten) printNote(io, note);
  const secrets = showSecrets;
  return report(invocation, dkron, results, { plan, about, safety, faults, secrets });
}

const titleOf = ({ title }: Wish, names: readonly string[]): string =>
  typeof title === 'string' ? title : title(names);

/** How a command ends that writes nothing. */
function unwritten(names: readonly string[], blocked: CheckedItem | undefined): ExitName {
  if (names.length > 0) return 'differs';
  if (blocked === undefined) return 'ok';
  return blocked.moved === undefined ? 'refused' : 'changed';
}

const refusal = ({ name, why, findings }: CheckedItem, next?: string): Refused =>
  new Refused(`${name}: ${why}`, {
    data: 'nothing was written',
    findings,
    ...(next !== undefined && { next }),
  });

interface Reported {
  readonly plan?: CheckedPlan;
  readonly about?: object;
  /** The name of the snapshot that was taken before; null for none. */
  readonly safety?: string | null;
  readonly faults?: readonly ChildFault[];
  /** Shows credentials. */
  readonly secrets?: boolean;
}

/** Says what became of each job; throws why, where it was a single one. */
export function report(
  reached: Reached,
  dkron: Dkron,
  results: readonly RestoreResult[],
  { plan, about = aboutOf(reached, dkron), safety, faults = [], secrets = false }: Reported = {},
): ExitName {
  const { io, json } = reached;
  const [only] = results;
  const interrupted = io.signal.aborted;
  if (plan && !json) printLines(io, conflictLines(results, plan, secrets));
  if (results.length === 1 && only && !isDone(only) && !interrupted)
    throw only.error ?? new OperatorError(only.message);
  if (json)
    printJson(io, {
      ...about,
      ...(safety !== undefined && { safety }),
      summary: countsOf(results),
      results: resultsJson(results, plan, secrets),
      ...(faults.length > 0 && { faults }),
    });
  else {
    printResults(io, results, safety);
    printFaults(io, faults);
  }
  return interrupted ? 'interrupted' : exitOf(results, faults);
}

/** What programs are told of the server, and of the cluster that answers there. */
export const aboutOf = ({ here }: Reached, { url }: Dkron, more: object = {}): object => ({
  ...more,
  server: url,
  cluster: here.id,
});

/** `keolis-zones`, or `3 jobs`. */
export const jobsText = (jobs: readonly Job[]): string => namesText(jobs.map(({ name }) => name));

export const namesText = (names: readonly string[]): string =>
  names.length === 1 ? names[0]! : counted(names.length);
