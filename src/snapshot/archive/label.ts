/** What an operator calls a snapshot, in words of their own. */
import { UsageError } from '../../base/errors.ts';
import { clean } from '../../terminal/cell.ts';

/** Characters; it stands in a list, and in the name of a file. */
const longest = 64;

/** The label without blanks around it. Throws UsageError for what cannot be shown on a line. */
export function labelOf(text: string): string {
  const label = text.trim();
  if (label === '') throw notLabel('a label is some words, and this one is empty');
  if (clean(label) !== label)
    throw notLabel(
      'a label is one line of plain text, and this one has characters that cannot be shown',
    );
  const { length } = [...label];
  if (length <= longest) return label;
  throw notLabel(`a label has ${longest} characters at most, and this one has ${length}`);
}

const notLabel = (what: string): UsageError =>
  new UsageError(what, {
    data: 'Nothing was written.',
    next: "Give a few words, as in --label 'before the migration'.",
  });
