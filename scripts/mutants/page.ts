/** What came of a run, as `docs/mutants.md`. */
export interface Told {
  /** `src/dkron/list.ts:12` */
  readonly at: string;
  readonly before: string;
  readonly after: string;
  readonly noticed: boolean;
}

/** So many of those that nobody noticed are named. */
const most = 60;

const roomOf = ({ at }: Told): string => at.split('/').slice(0, 2).join('/');

const share = (part: number, whole: number): string => `${Math.floor((part / whole) * 100)} %`;

/** `asked` is what followed `npm run mutants --`, `commit` and `day` what it was run on. */
export function page(
  told: readonly Told[],
  { asked, commit, day }: { asked: string; commit: string; day: string },
): string {
  const rooms = [...Map.groupBy(told, roomOf)].sort(([a], [b]) => (a < b ? -1 : 1));
  const row = (name: string, of: readonly Told[]): string => {
    const noticed = of.filter((one) => one.noticed).length;
    return `| ${name} | ${noticed} | ${of.length} | ${share(noticed, of.length)} |`;
  };
  const code = (text: string): string => `\`\` ${text} \`\``;
  const left = told.filter(({ noticed }) => !noticed);
  return [
    '# Mutants',
    '',
    'Small faults, planted one at a time, and whether the unit tests noticed. `npm run mutants` writes this page. What the compiler refuses is not counted.',
    '',
    `The last run: \`npm run mutants -- ${asked}\`, on ${commit}, ${day}.`,
    '',
    '| room | noticed | planted | share |',
    '| --- | --- | --- | --- |',
    ...rooms.map(([room, of]) => row(`\`${room}\``, of)),
    ...(rooms.length > 1 ? [row('all', told)] : []),
    '',
    ...(left.length > 0 ? ['Not noticed:', ''] : []),
    ...left
      .slice(0, most)
      .map(({ at, before, after }) => `- \`${at}\` ${code(before)} → ${code(after)}`),
    ...(left.length > most ? [`- and ${left.length - most} more`] : []),
    ...(left.length > 0 ? [''] : []),
  ].join('\n');
}
