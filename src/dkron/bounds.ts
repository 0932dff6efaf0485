/**
 * How large an answer may be and how long it may take once it has begun. Dkron keeps 256 kB of
 * output a run and takes jobs of 4 MB, and its JSON may spell a byte with six letters.
 */
import { NotDkron, OutcomeUnknown } from '../base/errors.ts';
import { type Ask, type Bounds, methodOf } from './wire.ts';

const mega = 1_000_000;

export const bounds = {
  /** What a node says of itself and of its cluster. */
  node: { bytes: 4 * mega, begin: 10_000, ms: 10_000 },
  /** One job, one run, the ends of a hundred runs, all that runs now. */
  usual: { bytes: 64 * mega, begin: 30_000, ms: 30_000 },
  /** What answers a write, which raft may take half a minute to apply. */
  write: { bytes: 64 * mega, begin: 60_000, ms: 30_000 },
  /** What says why something was refused, whatever was asked. */
  refusal: { bytes: 4 * mega, begin: 60_000, ms: 10_000 },
  /** A hundred runs with all their output. */
  outputs: { bytes: 200 * mega, begin: 60_000, ms: 60_000 },
  /** All jobs, a million of the usual size, for as long as they keep coming. */
  jobs: { bytes: 2_000 * mega, begin: 60_000, ms: 0 },
} as const satisfies Record<string, Bounds>;

/** Told of the bytes as they come; throws NotDkron when they are more than they may be, or take longer. */
export function within(
  { bytes, ms }: Bounds,
  url: string,
  ask: Ask,
  now: () => number = Date.now,
): (count: number) => void {
  const started = now();
  let came = 0;
  return (count) => {
    came += count;
    if (came > bytes) throw outOf(url, ask, `with more than ${bytes / mega} MB`);
    const took = now() - started;
    if (ms > 0 && took > ms) throw outOf(url, ask, `for more than ${ms / 1000} s without an end`);
    if (took > drip.after && came < (took / 1000) * drip.bytesPerSecond)
      throw outOf(url, ask, 'a few bytes at a time, which is too slow');
  };
}

/** A line as slow as a modem is read to the end; one byte a second is not. */
const drip = { after: 60_000, bytesPerSecond: 500 };

function outOf(url: string, ask: Ask, how: string): Error {
  const what = `${url} answers ${methodOf(ask)} ${ask.path} ${how}`;
  if (methodOf(ask) === 'GET')
    return new NotDkron(what, { next: 'Check the address: Dkron does not answer like that.' });
  return new OutcomeUnknown(what, {
    data: 'The request was sent; it may or may not have been carried out.',
    next: 'Read the job again before sending anything twice.',
  });
}
