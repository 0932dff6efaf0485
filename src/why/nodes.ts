import type { Missed } from '../oversight/missed.ts';
import { joinedRosters, noRoster, type RosterChange } from '../oversight/roster.ts';

/** What is known of nodes that came and went, and of leaders: also of changes that cost a firing, to the second. */
export function nodeChanges(
  changes: readonly RosterChange[],
  missed: readonly Missed[],
  now: number,
): readonly RosterChange[] {
  const costly = missed.flatMap(({ cause }): RosterChange[] =>
    cause.kind === 'leader'
      ? [{ kind: 'leader', from: cause.from, to: cause.to, after: cause.at, by: cause.at }]
      : [],
  );
  const [one, other] = [changes, costly].map((known) => ({ ...noRoster, changes: known }));
  return joinedRosters(one!, other!, now).changes;
}
