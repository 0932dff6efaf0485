/** Which snapshots of a folder stay and which go, and why: restic's rules, and what they never touch. */
import { groupOf } from '../archive/groups.ts';
import type { SnapshotFile } from '../archive/list.ts';
import type { ManifestHead } from '../archive/manifest.ts';
import { isSnapshotName } from '../archive/name.ts';
import { verifyEach } from '../verify/verify.ts';
import type { Policy } from './policy.ts';
import { retention } from './retention.ts';

export interface Decision {
  readonly file: SnapshotFile;
  /** Why it stays; none: it goes. */
  readonly reasons: readonly string[];
}

/** Snapshots that are thinned out together. */
export interface Group {
  /** `prod, scheduled`; of those that the rules are not asked about, why. */
  readonly title: string;
  /** Newest first. */
  readonly decisions: readonly Decision[];
}

export interface PruneOptions {
  readonly policy: Policy;
  /** ms since the epoch */
  readonly now: number;
  /** Why a safety snapshot is still needed; null where it is not. */
  readonly needed: (file: SnapshotFile, head: ManifestHead) => string | null;
}

/** Reads at least one snapshot of each group, the newest, to see that there is a good one. */
export async function planPrune(
  files: readonly SnapshotFile[],
  { policy, now, needed }: PruneOptions,
): Promise<Group[]> {
  const groups: Group[] = [];
  for (const [title, members] of inGroups(files)) {
    const { newest, bad } = await newestProven(members);
    const judged = retention(
      members.filter((file) => !bad.has(file)),
      policy,
      now,
    );
    const ruled = new Map(judged.map(({ entry, reasons }) => [entry, reasons]));
    const decisions = members.map((file) => ({
      file,
      reasons: [
        ...(ruled.get(file) ?? [bad.get(file)!]),
        ...(file.head?.pinned ? ['pinned'] : []),
        ...(file === newest ? ['newest verified'] : []),
        ...[needed(file, file.head!)].filter((reason) => reason !== null),
      ],
    }));
    groups.push({ title, decisions });
  }
  const unproven = files.filter(isUnproven);
  if (unproven.length > 0) groups.push(unprovenGroup(unproven, policy, now));
  const foreign = files.filter((file) => file.head === null && !isUnproven(file));
  const decisions = foreign.map((file) => ({ file, reasons: [whyForeign(file)] }));
  return foreign.length === 0 ? groups : [...groups, { title: 'not thinned out', decisions }];
}

/** A snapshot by its name: of the script, or one that has lost its manifest. */
const isUnproven = ({ proof, name }: SnapshotFile): boolean =>
  proof === 'none' && isSnapshotName(name);

/** Nothing tells of which cluster they are and what proves them: they are thinned out by themselves. */
function unprovenGroup(members: readonly SnapshotFile[], policy: Policy, now: number): Group {
  const readable = members.find(({ jobs }) => jobs !== null && jobs > 0);
  const decisions = retention(members, policy, now).map(({ entry: file, reasons }) => ({
    file,
    reasons: file === readable && reasons.length === 0 ? ['newest with jobs in it'] : reasons,
  }));
  return { title: 'without a manifest', decisions };
}

const whyForeign = ({ proof }: SnapshotFile): string =>
  proof === 'none' ? 'no manifest, nor the name of a snapshot' : 'its manifest cannot be read';

/** By their titles, in the order of their newest. */
function inGroups(files: readonly SnapshotFile[]): [title: string, SnapshotFile[]][] {
  const groups = new Map<string, { readonly title: string; readonly members: SnapshotFile[] }>();
  for (const file of files) {
    const { head } = file;
    if (head === null) continue;
    const key = groupOf(head);
    const group = groups.get(key) ?? { title: titleOf(head), members: [] };
    group.members.push(file);
    groups.set(key, group);
  }
  return [...groups.values()].map(({ title, members }) => [title, members]);
}

const titleOf = ({ cluster, url, kind, chosen }: ManifestHead): string => {
  const part = kind !== 'safety' && chosen !== null ? ', of chosen jobs' : '';
  return `${cluster?.name ?? url}, ${kind}${part}`;
};

const damaged = 'damaged: left for a person to look at';

/** The newest that still holds what came from the server, and why those that are newer do not. */
async function newestProven(members: readonly SnapshotFile[]) {
  const bad = new Map(
    members.filter(({ proof }) => proof === 'damaged').map((file) => [file, damaged]),
  );
  for (const file of members) {
    if (bad.has(file)) continue;
    const [verdict] = await verifyEach([file.path]);
    if (verdict?.verdict === 'proven') return { newest: file, bad };
    bad.set(file, verdict?.verdict === 'damaged' ? damaged : 'it cannot be verified');
  }
  return { newest: null, bad };
}
