/** An output as the lines that are compared. */
import { laidOutJson } from '../json/pretty.ts';
import { cleanLines } from '../terminal/cell.ts';

export interface OutputLines {
  /** Each clean: fit to show. */
  readonly lines: readonly string[];
  /** What was done to it, in words; none: it is as it was printed. */
  readonly notes: readonly string[];
  /** Its beginning is not there. */
  readonly cut: boolean;
  /** JSON in it was laid out: whether a line ends with a comma tells nothing. */
  readonly json: boolean;
}

/** Characters that are compared of an output; Dkron keeps 256 000 bytes. */
const most = 1 << 20;
/** Of a line that is longer pieces are compared. */
const longest = 2_000;
const piece = 200;

/** @param cut why its beginning is not there; null: it is */
export function linesOf(output: string, cut: string | null): OutputLines {
  const isLong = output.length > most;
  const kept = isLong ? output.slice(-most) : output;
  const pretty = laidOutJson(kept);
  const whole = cleanLines(pretty ?? kept);
  if (whole.at(-1) === '') whole.pop();
  const isCut = isLong || cut !== null;
  // What is left of the line that was cut is like no other.
  const shown = isCut && whole.length > 1 ? whole.slice(1) : whole;
  const long = shown.filter(({ length }) => length > longest).length;
  const notes = [
    ...(cut === null ? [] : [cut]),
    ...(isLong ? ['only the last 1 048 576 characters are compared'] : []),
    ...(pretty === null ? [] : ['JSON is formatted']),
    ...(long === 0
      ? []
      : [`${long === 1 ? 'a long line is' : `${long} long lines are`} in pieces`]),
    ...(kept.includes('\ufffd') ? ['� stands for bytes that are no UTF-8'] : []),
  ];
  return {
    lines: long === 0 ? shown : shown.flatMap(inPieces),
    notes,
    cut: isCut,
    json: pretty !== null,
  };
}

/** Where a long line may be broken: the first that gives short pieces. No time or number is broken. */
const borders = [/(?<=>)(?=<)/, /(?<=[;}\]]|,(?=\D))/, /(?<=[^\d\s]\s)(?=[^\d\s])/];

/** Broken by what is in it, so that what was put in at one place moves nothing behind it. */
function inPieces(line: string): readonly string[] {
  if (line.length <= longest) return [line];
  for (const border of borders) {
    const pieces = line.split(border);
    if (line.length / pieces.length <= piece) return pieces.flatMap(atMost);
  }
  return atMost(line);
}

const atMost = (line: string): readonly string[] =>
  line.length <= longest ? [line] : (line.match(new RegExp(`.{1,${piece}}`, 'gsu')) ?? []);
