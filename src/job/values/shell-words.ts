export interface ShellWord {
  readonly text: string;
  /** Whether any of it stood in quotes. */
  readonly quoted: boolean;
}

/** One piece after the other: a quotation, an escaped character, or plain ones. */
const piece =
  /(?<space>\s+)|'(?<single>[^']*)'|\$'(?<ansi>[^'\\]*(?:\\.[^'\\]*)*)'|"(?<double>[^"\\]*(?:\\.[^"\\]*)*)"|\\(?<escaped>.)|(?<plain>[^\s'"\\$]+|\$(?!'))/sy;

/**
 * The words of a command line as bash reads them; variables stay as they are written. Null when a
 * quotation is never closed.
 */
export function shellWords(text: string): ShellWord[] | null {
  const words: ShellWord[] = [];
  let word: ShellWord | undefined;
  piece.lastIndex = 0;
  while (piece.lastIndex < text.length) {
    const groups = piece.exec(text)?.groups;
    if (groups === undefined) return null;
    if (groups['space'] !== undefined) {
      if (word) words.push(word);
      word = undefined;
    } else {
      const quoted = groups['plain'] === undefined && groups['escaped'] === undefined;
      word = {
        text: (word?.text ?? '') + readPiece(groups),
        quoted: quoted || (word?.quoted ?? false),
      };
    }
  }
  return word ? [...words, word] : words;
}

function readPiece({ single, ansi, double, escaped, plain }: Record<string, string | undefined>) {
  if (double !== undefined) return double.replace(/\\([$`"\\\n])/g, unescaped);
  if (ansi !== undefined) return readAnsi(ansi);
  if (escaped !== undefined) return unescaped('', escaped);
  return single ?? plain ?? '';
}

/** A backslash at the end of a line joins the next one to it. */
const unescaped = (_match: string, char: string): string => (char === '\n' ? '' : char);

const named: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  e: '\x1b',
  E: '\x1b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};

/** What `$'…'` stands for; `\xHH` and `\nnn` are bytes of UTF-8. */
function readAnsi(text: string): string {
  return text.replace(
    /(?<bytes>(?:\\x[\da-fA-F]{1,2}|\\[0-7]{1,3})+)|\\u(?<short>[\da-fA-F]{1,4})|\\U(?<long>[\da-fA-F]{1,8})|\\(?<char>.)/gs,
    (match, ...rest) => {
      const { bytes, short, long, char } = rest.at(-1) as Record<string, string | undefined>;
      if (bytes !== undefined) return readBytes(bytes);
      const code = short ?? long;
      if (code === undefined) return named[char!] ?? (/['"\\?]/.test(char!) ? char! : match);
      const point = Number.parseInt(code, 16);
      return point <= 0x10ffff ? String.fromCodePoint(point) : '\ufffd';
    },
  );
}

const readBytes = (escapes: string): string =>
  new TextDecoder().decode(
    Uint8Array.from(escapes.match(/x[\da-f]+|[0-7]+/gi) ?? [], (byte) =>
      byte.startsWith('x') ? Number.parseInt(byte.slice(1), 16) : Number.parseInt(byte, 8),
    ),
  );
