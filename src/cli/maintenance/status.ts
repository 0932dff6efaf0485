/** The maintenance that goes on, as people and programs read it. */
import type { Dkron } from '../../dkron/client.ts';
import { readLive } from '../../dkron/live.ts';
import { fatesOf } from '../../plan/maintenance/plan.ts';
import type { MaintenanceRecord } from '../../plan/maintenance/record.ts';
import { openMaintenance } from '../../plan/maintenance/store.ts';
import { interruptedText, sinceText } from '../../plan/maintenance/words.ts';
import { plain, quiet, type Tone, toned } from '../../view/line.ts';
import { aboutOf } from '../change.ts';
import type { Reached } from '../cluster.ts';
import { type Column, printJson, printLines, printTable } from '../output.ts';

interface Standing {
  readonly name: string;
  readonly state: 'disabled' | 'enabled' | 'changed' | 'gone' | 'unreadable';
  readonly text: string;
}

export async function status(reached: Reached, dkron: Dkron): Promise<void> {
  const { io, json, here } = reached;
  const record = await openMaintenance(here.places.maintenance).read();
  const jobs = record === null ? [] : await standingsOf(reached, dkron, record);
  if (json) {
    const told = record && headJson(record, jobs);
    printJson(io, { ...aboutOf(reached, dkron), maintenance: told });
  } else if (record === null) printLines(io, [[plain('no maintenance goes on')]]);
  else {
    printTable(io, columns, jobs);
    const head = { ...record, jobs: record.jobs.length };
    const { why } = record;
    printLines(io, [
      [plain(sinceText(head, Date.now())), ...(why === '' ? [] : [quiet(` · ${why}`)])],
      ...(record.step === 'running' ? [] : [[toned(interruptedText(head), 'attention')]]),
    ]);
  }
}

const headJson = (
  { id, name, why, at, step }: MaintenanceRecord,
  jobs: readonly Standing[],
): object => ({ id, name, why, at, step, jobs });

async function standingsOf(
  { io }: Reached,
  dkron: Dkron,
  record: MaintenanceRecord,
): Promise<Standing[]> {
  const live = await readLive(dkron, { signal: io.signal });
  const fates = fatesOf(record, live, new Set());
  return record.jobs.map(({ name }) => {
    const fate = fates.get(name);
    if (fate === undefined) return { name, state: 'unreadable', text: 'it cannot be read' };
    const state = fate.kind === 'back' ? 'enabled' : fate.kind;
    // Who has enabled it, or whether it was disabled at all, is not told by the server.
    const text = state === 'enabled' && record.step !== 'running' ? 'enabled' : fate.text;
    return { name, state, text };
  });
}

const tones: Readonly<Record<Standing['state'], Tone>> = {
  disabled: 'quiet',
  enabled: 'ok',
  changed: 'attention',
  gone: 'attention',
  unreadable: 'bad',
};

const columns: readonly Column<Standing>[] = [
  { title: 'JOB', cell: ({ name }) => plain(name) },
  { title: 'STATE', cell: ({ state }) => toned(state, tones[state]) },
  { title: 'WHAT', cell: ({ text }) => quiet(text) },
];
