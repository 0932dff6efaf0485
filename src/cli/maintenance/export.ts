/** A maintenance as a file, by which another machine ends it. */
import { CorruptFile, Refused, UsageError } from '../../base/errors.ts';
import { exists, fileError } from '../../config/files.ts';
import { writeWhole } from '../../config/whole-file.ts';
import type { Dkron } from '../../dkron/client.ts';
import { type MaintenanceRecord, readRecord, recordText } from '../../plan/maintenance/record.ts';
import { type Held, openMaintenance } from '../../plan/maintenance/store.ts';
import { plain } from '../../view/line.ts';
import { aboutOf } from '../change.ts';
import type { Reached } from '../cluster.ts';
import { printJson, printJsonText, printLines } from '../output.ts';
import { none } from './step.ts';

/** `maintenance export`: it goes on as before; `-` is stdout. */
export async function exportTo(place: string, reached: Reached, dkron: Dkron): Promise<void> {
  const { io, json, here } = reached;
  const record = await openMaintenance(here.places.maintenance).read();
  if (record === null) throw none(dkron);
  if (record.step !== 'running') throw halfWay(record);
  if (place === '-') return printJsonText(io, [...recordText(record)].join('').trimEnd());
  if (await exists(place))
    throw new UsageError(`${place} is already there`, {
      data: 'Nothing was written: an export never replaces a file.',
      next: 'Give the name of a new file.',
    });
  await writeWhole(place, recordText(record), { flush: true });
  const { id, name } = record;
  if (json) printJson(io, { ...aboutOf(reached, dkron), file: place, maintenance: { id, name } });
  else
    printLines(io, [
      [plain(`${place}: 'dkron-tui maintenance end --from' takes it, on any machine`)],
    ]);
}

/** The maintenance of a file in place of that of this machine. Throws OperatorError. */
export async function heldFrom(path: string, held: Held): Promise<Held> {
  const record = await readRecord(path).catch((error: unknown) => {
    throw error instanceof CorruptFile ? notExported(path) : fileError(path, 'read', error);
  });
  const { record: own } = held;
  // What was begun from here is known better here.
  if (own?.id === record.id) return held;
  if (own !== null)
    throw new Refused(
      `another maintenance of this cluster goes on from this machine: ${own.name}`,
      {
        data: 'Nothing was changed.',
        next: "End it first: 'dkron-tui maintenance end' without --from.",
      },
    );
  if (record.step !== 'running') throw halfWay(record);
  return { ...held, record };
}

const notExported = (path: string): CorruptFile =>
  new CorruptFile(`${path} is not a maintenance that was exported`, {
    data: 'Nothing was changed.',
    next: "Give the file that 'dkron-tui maintenance export' wrote.",
  });

const halfWay = ({ name, step }: MaintenanceRecord): Refused =>
  new Refused(
    `the maintenance ${name} has ${step === 'starting' ? 'started' : 'ended'} half way: what was done of it only the journal of its machine knows`,
    {
      data: 'Nothing was changed.',
      next: `Go on with it there first: 'dkron-tui maintenance ${step === 'starting' ? 'start' : 'end'}'.`,
    },
  );
