import { counted } from '../../base/counted.ts';
import { CorruptFile, type OperatorError } from '../../base/errors.ts';
import { reasonOf } from '../file/contents.ts';
import type { Unreadable } from '../file/found.ts';

/** What came of the server's list that a restore would refuse. */
export interface Damage {
  readonly unreadable: readonly Unreadable[];
  /** That too much of it cannot be read. */
  readonly whole: OperatorError | null;
}

/** The damage as an error: what is wrong, and what became of the bytes, which `file` has. */
export function damageError(
  { unreadable, whole }: Damage,
  file: string,
  data = `All that the server sent is kept in ${file}.`,
): CorruptFile {
  const reasons = unreadable.slice(0, told).map((one) => {
    const places = one.places.map((place) => ({ ...place, file }));
    return `${one.name ?? 'a job'}: ${reasonOf({ ...one, places })}`;
  });
  const more = unreadable.length - reasons.length;
  const what = [
    ...(whole ? [whole.message] : []),
    ...(reasons.length > 0 ? [`${counted(unreadable.length)} in it cannot be restored`] : []),
    ...reasons,
    ...(more > 0 ? [`and ${more} more`] : []),
  ];
  return new CorruptFile(`this snapshot is not good: ${what.join(' · ')}`, {
    data,
    next: 'Check these jobs on the server, fix them there, and take the snapshot again.',
  });
}

const told = 3;
