/** The list before anything of it is asked for. */
import type { AgainItem } from '../../plan/again/plan.ts';
import type { Begun } from '../../plan/again/record.ts';
import { howText, stateSpan, whyText } from '../../plan/again/words.ts';
import { plain, quiet } from '../../view/line.ts';
import type { Io } from '../io.ts';
import { type Column, printNote, printTable } from '../output.ts';

export function showList(
  io: Io,
  items: readonly AgainItem[],
  begun?: Pick<Begun, 'asked' | 'ended'>,
): void {
  if (items.length === 0) {
    printNote(io, 'nothing failed, is late or was missed');
    return;
  }
  const columns: readonly Column<AgainItem>[] = [
    { title: 'JOB', cell: ({ name }) => plain(name) },
    {
      title: 'WHAT',
      cell: (item) => {
        const ended = begun?.ended.get(item.name);
        if (ended !== undefined) return stateSpan(ended.state);
        return begun?.asked.has(item.name) ? stateSpan('started') : plain(howText(item));
      },
    },
    {
      title: 'WHY',
      cell: (item) =>
        quiet(begun?.asked.has(item.name) ? 'it is not asked for again' : whyText(item)),
    },
  ];
  printTable(io, columns, items);
}
