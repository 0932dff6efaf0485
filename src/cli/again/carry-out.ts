/** Carries out a list of jobs to run again, and tells of each. */
import { systemClock } from '../../base/clock.ts';
import type { ExitName } from '../../base/errors.ts';
import type { Dkron } from '../../dkron/client.ts';
import { runAgain } from '../../plan/again/carry-out.ts';
import type { AgainItem } from '../../plan/again/plan.ts';
import type { AgainRecord, Begun } from '../../plan/again/record.ts';
import type { AgainState, AgainWord } from '../../plan/again/state.ts';
import { leftText, stateSpan, tallySpans } from '../../plan/again/words.ts';
import { plain } from '../../view/line.ts';
import type { Reached } from '../cluster.ts';
import { type Column, printJson, printLines, printNote, printTable } from '../output.ts';
import { doorTo } from '../with-cluster.ts';

interface Carried {
  readonly items: readonly AgainItem[];
  readonly record: AgainRecord;
  readonly begun?: Begun;
  readonly agreed: string | null;
  readonly atOnce: number;
}

/** How long a server that is away is waited for where nobody sits who could press Ctrl-C, ms. */
const patience = 120_000;

export async function carryOut(
  reached: Reached,
  dkron: Dkron,
  { items, record, begun, agreed, atOnce }: Carried,
): Promise<ExitName> {
  const { io, json } = reached;
  const note = (text: string): void => {
    if (!json) printNote(io, text);
  };
  const seen = new Map<string, AgainWord>();
  const states = await runAgain(items, {
    door: doorTo(reached, dkron, agreed),
    client: dkron,
    clock: systemClock,
    record,
    ...(begun && { begun }),
    atOnce,
    stop: io.signal,
    signal: io.signal,
    onState: ({ name, state, text }) => {
      if (seen.get(name) === state || begun?.ended.has(name)) return;
      seen.set(name, state);
      if (isTold(state)) note(`${name}: ${stateSpan(state).text}${text === '' ? '' : `: ${text}`}`);
    },
    onWait: ({ message }) => note(`${message}; waiting until the server answers again`),
    patience: io.stderr.isTTY === true ? Number.POSITIVE_INFINITY : patience,
  });
  if (json) printJson(io, states);
  else printStates(reached, states);
  const left = leftText(states);
  if (left !== null) note(`${left}; 'dkron-tui run-again --resume' goes on with them`);
  io.signal.throwIfAborted();
  return exitOf(states);
}

/** What is told as it comes; the rest is told before or in the table. */
const isTold = (state: AgainWord): boolean =>
  state !== 'waiting' && state !== 'held' && state !== 'left';

const columns: readonly Column<AgainState>[] = [
  { title: 'JOB', cell: ({ name }) => plain(name) },
  { title: 'RESULT', cell: ({ state }) => stateSpan(state) },
  { title: 'WHY', cell: ({ text }) => plain(text) },
];

function printStates({ io }: Reached, states: readonly AgainState[]): void {
  const notWell = states.filter(({ state }) => state !== 'succeeded');
  if (notWell.length > 0) printTable(io, columns, notWell);
  printLines(io, [
    tallySpans(states).flatMap((span, at) => (at === 0 ? [span] : [plain(', '), span])),
  ]);
}

/** What is not known comes before all else. */
function exitOf(states: readonly AgainState[]): ExitName {
  const has = (word: AgainWord): boolean => states.some(({ state }) => state === word);
  if (has('unknown')) return 'unknown';
  if (states.every(({ state }) => state === 'succeeded')) return 'ok';
  if (has('succeeded')) return 'partial';
  return has('failed') ? 'failure' : has('left') ? 'unreachable' : 'refused';
}
