/** One piece of a Go regular expression after the other (regexp/syntax parse.go with Perl flags). */
const escapes = String.raw`\\(?:[dDsSwW]|[pP](?:\{\^?\w+\}|[A-Z])|0[0-7]{0,2}|[1-7][0-7]{1,2}|x[\da-fA-F]{2}|x\{[\da-fA-F]+\}|[afnrtv]|[^a-zA-Z\d\u0080-\uffff])`;
const pieces: readonly (readonly [kind: PieceKind, pattern: string])[] = [
  ['one', String.raw`\\Q.*?(?:\\E|$)|\\[AbBz]|${escapes}`],
  ['one', String.raw`\[\^?\]?(?:\[:\^?[a-z]+:\]|${escapes}|[^\]\\])*\]`],
  ['flags', String.raw`\(\?[imsU]*(?:-[imsU]+)?\)`],
  ['group', String.raw`\((?:\?(?:P?<\w+>|[imsU]*(?:-[imsU]+)?:)|(?!\?))`],
  ['syntax', String.raw`[*+?]\??|\{\d+(?:,\d*)?\}\??|[)|]`],
  ['one', String.raw`[^\\[(]`],
];
const piece = new RegExp(pieces.map(([, pattern]) => `(${pattern})`).join('|'), 'sy');

/** What a piece is to the rest: something to repeat, nothing at all, an open bracket, or itself. */
type PieceKind = 'one' | 'flags' | 'group' | 'syntax';

/**
 * Why Go would refuse a regular expression, in plain words, or undefined. Dkron drops Go's own
 * error and takes the body for a mismatch (plugin/http/http.go).
 */
export function goRegexpProblem(pattern: string): string | undefined {
  let skeleton = '';
  piece.lastIndex = 0;
  for (let at = 0; at < pattern.length; at = piece.lastIndex) {
    const [text, ...found] = piece.exec(pattern) ?? [];
    if (text === undefined) return unknownPiece(pattern.slice(at));
    const [count] = text.match(/\d{4,}/) ?? [];
    const [kind] = pieces[found.findIndex((part) => part !== undefined)]!;
    if (kind === 'syntax' && Number(count) > 1000)
      return `Go repeats nothing more than 1000 times: ${text}`;
    skeleton += { one: 'x', flags: '', group: '(?:', syntax: text }[kind];
  }
  // Brackets, repetitions and alternatives are alike in both languages.
  return isJsRegexp(skeleton) ? undefined : 'its brackets or repetitions do not fit together';
}

function unknownPiece(rest: string): string {
  if (/^\(\?<?[=!]/.test(rest)) return 'Go knows neither lookahead nor lookbehind';
  if (/^\\[1-9k]/.test(rest)) return 'Go knows no references back to a group';
  if (rest.startsWith('[')) return `this class of characters is wrong or never closed: ${rest}`;
  const [part] = /^(\(\?.?|\\.?)/s.exec(rest)!;
  return `Go does not know ${part}`;
}

function isJsRegexp(source: string): boolean {
  try {
    new RegExp(source);
    return true;
  } catch {
    return false;
  }
}
