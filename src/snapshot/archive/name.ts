/** The names of the files of a snapshot. */

/** `backup-dkron_2026-11-21T0210Z_before-migration`: the script's name, with a time that says its zone. */
export const snapshotName = (taken: Date, label: string | null = null): string =>
  `backup-dkron_${taken.toISOString().slice(0, 16).replace(':', '')}Z${label === null ? '' : `_${inName(label)}`}`;

/**
 * When a snapshot of such a name was taken, ms since the epoch; null for any other name. The script writes
 * `backup-dkron_2026-11-21-T02-10`, in the zone of its machine: this one's, as far as can be known. Others
 * write seconds, too, or no signs between the digits.
 */
export function timeInName(name: string): number | null {
  const found = /_(\d{4})-?(\d\d)-?(\d\d)[-_]?T(\d\d)[-:]?(\d\d)(?:[-:]?(\d\d))?(Z?)(?!\d)/.exec(
    name,
  );
  if (found === null) return null;
  const [, year, month, day, hour, minute, second = '00', zone] = found;
  const at = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}${zone}`);
  return Number.isNaN(at) ? null : at;
}

const longest = 64;

/** A label as part of a file name: sorts, needs no quotes, is no option, and ends in no ending of ours. */
const inName = (label: string): string => label.replace(/[^A-Za-z0-9_-]+/g, '-').slice(0, longest);

/** Not good enough to be restored: all that the server sent, kept beside the snapshots. */
export const damagedEnding = '.damaged';

/** Whether a file has the name of a snapshot that cannot be relied on. */
export const isDamaged = (name: string): boolean => /\.damaged(?:-\d+)?$/.test(name);

/** Whether it is the name of a snapshot: this program's, or the script's. Without a manifest it holds all jobs. */
export const isSnapshotName = (name: string): boolean => name.startsWith('backup-dkron_');

const ofExecutions = '.executions';

/** Where the executions of the jobs of a snapshot are: for reading, never restored. */
export const executionsPath = (snapshot: string): string => `${snapshot}${ofExecutions}`;

export const isExecutions = (name: string): boolean => name.endsWith(ofExecutions);
