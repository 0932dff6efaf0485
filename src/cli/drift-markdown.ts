/** Drift as the comment of a pull request. */

import type { Drift, Drifted } from '../plan/drift.ts';
import { clean } from '../terminal/cell.ts';
import { diffOf } from '../view/diff.ts';
import { codeBlock, codeSpan } from '../view/markdown.ts';
import { driftCounts, kindWords } from './drift-words.ts';

/** Code hosts take 65 536 characters at most for a comment, some of them bytes. */
const room = 50_000;

/** A table of all jobs, and below it what differs of each, as far as a comment has room. */
export function driftMarkdown(drift: Drift, folder: string, server: string): string {
  const { drifted } = drift;
  const head = [
    `### ${drifted.length === 0 ? 'No drift' : 'Drift'}: ${codeSpan(folder)} and ${codeSpan(server)}`,
    '',
    `${driftCounts(drift)}.`,
  ];
  if (drifted.length === 0) return `${head.join('\n')}\n`;
  const rows = [
    '| Job | Drift | Fields |',
    '| --- | --- | --- |',
    ...drifted.map(({ name, kind, changes, why }) => {
      const fields = kind === 'changed' ? changes.map(({ path }) => codeSpan(path)).join(' ') : '';
      const reason = why === '' ? '' : codeSpan(why);
      return `| ${codeSpan(name)} | ${kindWords[kind]} | ${[fields, reason].filter(Boolean).join(' ')} |`;
    }),
  ];
  const table = fitting(
    rows.map((row) => [row]),
    'jobs',
    room / 2,
  );
  const legend = '`-` is what the server has, `+` what the folder says.';
  const details = fitting(drifted.flatMap(detailsOf), 'differences', room - length(table));
  return `${[...head, '', ...table, '', legend, '', ...details].join('\n').trimEnd()}\n`;
}

/** A block that opens by a click. */
function detailsOf({ name, kind, changes }: Drifted): string[][] {
  if (changes.length === 0) return [];
  const lines = changes.flatMap(({ path, before, after }) => [
    `@@ ${clean(path)} @@`,
    ...diffOf(before, after).map(({ sign, text }) => `${sign === '−' ? '-' : sign} ${text}`),
  ]);
  const head = ['<details>', '<summary>', '', `${codeSpan(name)} ${kindWords[kind]}`, ''];
  return [[...head, '</summary>', '', ...codeBlock('diff', lines), '', '</details>', '']];
}

const length = (lines: readonly string[]): number =>
  lines.reduce((sum, line) => sum + Buffer.byteLength(line) + 1, 0);

/** As many blocks as there is room for, and how many more there are. */
function fitting(blocks: readonly string[][], what: string, room: number): string[] {
  const shown: string[] = [];
  for (const [at, block] of blocks.entries()) {
    if (length(shown) + length(block) > room)
      return [
        ...shown,
        '',
        `… and ${blocks.length - at} more ${what}: \`drift --json\` has them all.`,
      ];
    shown.push(...block);
  }
  return shown;
}
