/** JSON texts as servers hold them: any spacing, any spelling, names that come twice. */
import fc from 'fast-check';

const space = fc.oneof(
  { weight: 3, arbitrary: fc.constant('') },
  fc.constantFrom(' ', '  ', '\n', '\r\n\t', '\n    '),
);

const char = fc.oneof(
  fc.constantFrom('a', ' ', ',', ':', '{', ']', '\\"', '\\\\', '\\/', '\\n', '\\u0041', '\\u00e9'),
  fc.constantFrom('é', '日', '🚲', '\u2028', '\\ud83d\\udeb2'),
);

const string = fc
  .oneof(
    fc.array(char, { maxLength: 6 }).map((chars) => chars.join('')),
    fc
      .jsonValue({ maxDepth: 1 })
      .map((value) => JSON.stringify(JSON.stringify(value)).slice(1, -1)),
  )
  .map((inside) => `"${inside}"`);

export const scalar = fc.oneof(
  string,
  fc.constantFrom('1e400', '9223372036854775808', '1.0', '-0', '0.10', '1E+2', '42'),
  fc.constantFrom('true', 'false', 'null'),
);

/** The tokens of a JSON value. */
const { value } = fc.letrec<{ value: string[] }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    scalar.map((text) => [text]),
    fc.array(tie('value'), { maxLength: 4 }).map((items) => ['[', ...separated(items), ']']),
    fc
      .array(fc.tuple(string, tie('value')), { maxLength: 4 })
      .map((members) => [
        '{',
        ...separated(members.map(([name, tokens]) => [name, ':', ...tokens])),
        '}',
      ]),
  ),
}));

const separated = (parts: string[][]): string[] =>
  parts.flatMap((part, index) => (index === 0 ? part : [',', ...part]));

/** The tokens of a JSON text, and the white space before each of them and behind the last. */
export const spacedJson = value.chain((tokens) =>
  fc
    .array(space, { minLength: tokens.length + 1, maxLength: tokens.length + 1 })
    .map((spaces) => ({ tokens, spaces, text: write(tokens, spaces) })),
);

export const anyJson = spacedJson.map(({ text }) => text);

export const write = (tokens: readonly string[], spaces: readonly string[]): string =>
  spaces.map((between, index) => between + (tokens[index] ?? '')).join('');

/** Texts that are almost JSON, or not at all. */
export const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc
    .array(fc.oneof(char, space, scalar, fc.constantFrom('{', '}', '[', ']', ',', ':', '"', '\\')))
    .map((parts) => parts.join('')),
  anyJson,
);
