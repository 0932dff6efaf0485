/** What became of the lines of a snapshot between two that are as they were. */
import { andMore, counted } from '../../base/counted.ts';
import type { ManifestLine } from '../archive/manifest.ts';
import { joinedLines, splitInto } from './breaks.ts';
import { type Content, contentOf, remarks } from './content.ts';
import { type Damage, damage, lineText } from './damage.ts';
import type { FileLine } from './lines.ts';
import { type Budget, oneByte } from './one-byte.ts';

interface Gone extends ManifestLine {
  /** Where it was. */
  readonly line: number;
}

interface Fresh extends FileLine {
  readonly line: number;
  /** The job that stands in such a line, which is in the file already. */
  readonly copy: string | null;
}

export interface Gap {
  /** Lines of the manifest that are nowhere in the file, in their order. */
  readonly gone: readonly Gone[];
  /** Lines of the file that are not in the manifest. */
  readonly fresh: readonly Fresh[];
  /** The line of the file in front of it; 0 for none. */
  readonly before: number;
  /** Where it begins in the file. */
  readonly byte: number;
  /** How the file ends; null where more lines follow. */
  readonly ending: { readonly ended: boolean; readonly bytes: number } | null;
}

type Line = Fresh & { readonly content: Content };

/** What happened there. Lines are put together by what they hold, then by their length, then by their order. */
export function gapDamages(gap: Gap, budget: Budget): Damage[] {
  const gone = [...gap.gone];
  const fresh = gap.fresh.map((line) => ({ ...line, content: contentOf(line) }));
  const broken = [...breaks(gone, fresh)];
  const cut = cutOff(gone, fresh, gap);
  const pairs = paired(gone, fresh);
  return [
    ...broken,
    ...pairs.map(([was, is]) => changed(was, is, budget)),
    ...gone.map((was) => removed(was, gap.byte)),
    ...fresh.map((line) => added(line, gap)),
    ...cut,
  ];
}

/** So many lines are looked at for breaks; a file with more of them is made of something else. */
const few = 100;

/** Takes away the lines that differ by line breaks alone. */
function* breaks(gone: Gone[], fresh: Line[]): Generator<Damage> {
  let at = 0;
  for (let tries = 0; at < fresh.length && tries < few; tries++) {
    const { line, at: byte } = fresh[at]!;
    const joined = joinedLines(fresh[at]!, gone);
    const parts = fresh.slice(at, at + few);
    const broken = gone.slice(0, few).findIndex((was) => splitInto(parts, was) > 0);
    if (joined !== null) {
      const lines = gone.splice(joined.first, joined.count);
      fresh.splice(at, 1);
      const jobs = lines.map(({ name }) => name);
      const text = `line ${line} is ${jobs.length} lines in one (jobs ${andMore(jobs, shown)}): the line break behind byte ${byte + lines[0]!.bytes} is gone`;
      yield damage('joined', text, { line, byte: byte + lines[0]!.bytes, jobs });
    } else if (broken >= 0) {
      const [was] = gone.splice(broken, 1);
      const [first] = fresh.splice(at, splitInto(parts, was!));
      const place = byte + first!.bytes;
      const text = `${lineText(line, was!.name)} is broken in pieces: a line break stands in it at byte ${place}`;
      yield damage('split', text, { line, byte: place, jobs: [was!.name] });
    } else at++;
  }
}

const shown = 5;

/** Takes away what the end of the file was cut from. */
function cutOff(gone: Gone[], fresh: Line[], { ending, before }: Gap): Damage[] {
  if (ending === null || gone.length === 0) return [];
  const { ended, bytes: byte } = ending;
  const last = fresh.at(-1);
  if (last === undefined) {
    const missing = gone.splice(0).map(({ name }) => name);
    const text = `the file ends behind line ${before}: ${missingText(missing)}`;
    return [damage('cut', text, { line: before, byte, jobs: missing })];
  }
  if (ended) return [];
  const named = gone.findIndex(({ name }) => name === last.content.name);
  const at = named < 0 ? Math.min(fresh.length, gone.length) - 1 : named;
  const was = gone[at]!;
  const length = last.text?.findLastIndex((each) => each !== 0) ?? last.bytes - 1;
  if (length + 1 >= was.bytes || last.content.definition !== null) return [];
  fresh.pop();
  const missing = gone
    .splice(at)
    .slice(1)
    .map(({ name }) => name);
  const place = last.at + length + 1;
  const rest = missing.length === 0 ? 'it was the last one' : missingText(missing);
  const text = `the file is cut off in ${lineText(last.line, was.name)} at byte ${place}, with ${length + 1} of its ${was.bytes} bytes; ${place < byte ? 'zeros follow; ' : ''}${rest}`;
  return [damage('cut', text, { line: last.line, byte: place, jobs: [was.name, ...missing] })];
}

const missingText = (names: readonly string[]): string =>
  `${counted(names.length)} more ${names.length === 1 ? 'is' : 'are'} missing (${andMore(names, shown)})`;

/** Takes away the lines that are another form of each other. */
function paired(gone: Gone[], fresh: Line[]): [Gone, Line][] {
  const pairs: [Gone, Line][] = [];
  function take(fits: (was: Gone) => unknown, key: (line: Line) => unknown): void {
    const lines = Map.groupBy(gone, fits);
    const taken = new Set<Gone>();
    const left = fresh.filter((line) => {
      const was = lines.get(key(line))?.shift();
      if (was === undefined) return true;
      pairs.push([was, line]);
      taken.add(was);
      return false;
    });
    fresh.splice(0, fresh.length, ...left);
    gone.splice(0, gone.length, ...gone.filter((was) => !taken.has(was)));
  }
  take(
    ({ name }) => name,
    ({ content }) => content.name,
  );
  take(
    ({ bytes }) => bytes,
    ({ bytes }) => bytes,
  );
  // What is no job any more was one: which one is told by its place.
  const unnamed = fresh.filter(({ content, bytes }) => content.definition === null && bytes > 0);
  const nth = new Map(unnamed.map((line, at) => [line, gone[at]]));
  take(
    (was) => was,
    (line) => nth.get(line),
  );
  return pairs;
}

function changed(was: Gone, is: Line, budget: Budget): Damage {
  const { line, at, bytes, text } = is;
  const where = lineText(line, was.name);
  const about = { line, jobs: [was.name] };
  const more = remarks(is, is.content, was);
  if (bytes !== was.bytes)
    return damage('edited', `${where} was edited: ${bytes} bytes, ${was.bytes} before${more}`, {
      ...about,
      byte: at,
    });
  const one = text === null ? null : oneByte(text, was.sha256, budget);
  const what =
    one === null
      ? `differs: ${bytes} bytes, as before`
      : `differs in ${one.bit ? 'one bit of ' : ''}byte ${at + one.at} alone`;
  return damage('changed', `${where} ${what}${more}`, { ...about, byte: at + (one?.at ?? 0) });
}

const removed = ({ name, line }: Gone, byte: number): Damage =>
  damage('removed', `${lineText(line, name)} is missing`, { line, byte, jobs: [name] });

function added(is: Line, { ending }: Gap): Damage {
  const { line, at, content, copy } = is;
  const job = copy ?? content.name;
  const place = ending === null ? '' : ' behind the last one of the snapshot';
  return damage('added', `${lineText(line, job)} was added${place}: ${whatIs(is)}`, {
    line,
    byte: at,
    jobs: job === null ? [] : [job],
  });
}

function whatIs({ copy, text, bytes, content }: Line): string {
  if (copy !== null) return 'it is there a second time';
  if (text !== null && Buffer.from(text).toString('latin1').trim() === '') return 'it is empty';
  return content.why === null ? `${bytes} bytes` : `${bytes} bytes; ${content.why}`;
}
