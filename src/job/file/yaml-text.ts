/** YAML that keeps what JSON means: numbers as written, and every string exactly. */
import {
  type CreateNodeOptions,
  Document,
  type DocumentOptions,
  isMap,
  isNode,
  isScalar,
  LineCounter,
  type ParseOptions,
  parseAllDocuments,
  type ScalarTag,
  type SchemaOptions,
  type ToStringOptions,
  visit,
} from 'yaml';
import { numberText, parseJson, stringifyJson } from '../../json/numbers.ts';
import { yamlWords } from './yaml-words.ts';

/** A place in a file and what is wrong there; lines and columns count from 1. */
export interface FileError {
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

const number: ScalarTag = {
  tag: 'tag:yaml.org,2002:float',
  default: true,
  test: /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/,
  identify: (value) => numberText(value) !== undefined,
  resolve: (text) => parseJson(text),
  stringify: ({ value }) => numberText(value)!,
};

export const options: DocumentOptions & SchemaOptions & ParseOptions & CreateNodeOptions = {
  schema: 'failsafe',
  customTags: ['null', 'bool', number],
  // Other readers of the file should find strings where there are strings.
  compat: 'core',
  aliasDuplicateObjects: false,
  // The library compares every name with every other one: minutes for a large map. See nameTwice.
  uniqueKeys: false,
  prettyErrors: false,
  // Its warnings would go to the terminal.
  logLevel: 'error',
};

export const readable: ToStringOptions = { lineWidth: 0, blockQuote: 'literal' };
const exact: ToStringOptions = {
  lineWidth: 0,
  blockQuote: false,
  defaultStringType: 'QUOTE_DOUBLE',
};

/** The keys of a map of fields that get a comment, and the comments. */
export type Comment = (keys: readonly string[]) => string | undefined;

export interface Comments {
  /** Above all of them. */
  readonly head: string;
  readonly comment: Comment;
}

/**
 * Fields as YAML, with comments above their keys and the keys inside where there are to be some. Texts
 * of several lines stand as blocks, unless a text somewhere would not come back as it was.
 */
export function printYaml(fields: Readonly<Record<string, unknown>>, comments?: Comments): string {
  const document = new Document(fields, options);
  if (comments) {
    document.commentBefore = ` ${comments.head}`;
    addComments(document.contents, [], comments.comment);
  }
  const text = document.toString(readable);
  const [read] = readYaml(text).documents;
  return text.isWellFormed() && stringifyJson(read?.value) === stringifyJson(fields)
    ? text
    : document.toString(exact);
}

function addComments(node: unknown, path: readonly string[], comment: Comment): void {
  if (!isMap(node)) return;
  node.items.forEach(({ key, value }, index) => {
    if (!isScalar(key)) return;
    const keys = [...path, String(key.value)];
    const text = comment(keys);
    if (text !== undefined) key.commentBefore = ` ${text}`;
    key.spaceBefore = path.length === 0 && index > 0;
    if (path.length === 0) addComments(value, keys, comment);
  });
}

/** Where the value under these keys stands in a file, or the nearest around it. */
export type Locate = (keys: readonly (string | number)[]) => {
  readonly line: number;
  readonly column: number;
};

/** A value out of a file, as JSON would say it. */
export interface FileValue {
  readonly value: unknown;
  readonly place: Locate;
}

interface FileDocument extends FileValue {
  /** Where the last of these keys stands itself, in front of its colon. */
  readonly key: Locate;
}

/** The documents of a file; for text that is not YAML the first error, because it causes the later ones. */
export function readYaml(text: string): {
  readonly documents: readonly FileDocument[];
  readonly errors: readonly FileError[];
} {
  try {
    return parseDocuments(text);
  } catch (cause) {
    const message = refusal(cause);
    if (message === undefined) throw cause;
    return { documents: [], errors: [{ line: 1, column: 1, message }] };
  }
}

function parseDocuments(text: string): ReturnType<typeof readYaml> {
  const lineCounter = new LineCounter();
  const place = (offset: number) => {
    const { line, col } = lineCounter.linePos(offset);
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  const parsed = [...parseAllDocuments(text, { ...options, lineCounter })];
  const [error] = parsed.flatMap(({ errors }) => errors);
  if (error)
    return { documents: [], errors: [{ ...place(error.pos[0]), message: yamlWords(error.code) }] };
  const [twice] = parsed.flatMap((document) => nameTwice(document) ?? []);
  if (twice !== undefined)
    return { documents: [], errors: [{ ...place(twice), message: yamlWords('DUPLICATE_KEY') }] };
  const documents = parsed.map((document) => ({
    // Through text, which a value that holds itself does not get.
    value: parseJson(stringifyJson(document.toJS())),
    place: (keys: readonly (string | number)[]) => {
      const found = keys.map((_, index) =>
        document.getIn(keys.slice(0, keys.length - index), true),
      );
      const node = [...found, document.contents].find((one) => isNode(one) && one.range);
      return place(isNode(node) ? node.range![0] : 0);
    },
    key: (keys: readonly (string | number)[]) => place(keyIn(document.contents, keys)),
  }));
  return { documents, errors: [] };
}

/** The offset of the last of these keys that is there. */
function keyIn(contents: unknown, keys: readonly (string | number)[]): number {
  let node = contents;
  let offset = isNode(node) && node.range ? node.range[0] : 0;
  for (const key of keys) {
    const pair = isMap(node)
      ? node.items.find((one) => isScalar(one.key) && String(one.key.value) === key)
      : undefined;
    if (!isScalar(pair?.key) || !pair.key.range) break;
    offset = pair.key.range[0];
    node = pair.value;
  }
  return offset;
}

/** Where a name stands for the second time in its map. */
function nameTwice(document: Document): number | undefined {
  let found: number | undefined;
  visit(document, {
    Map(_key, { items }) {
      const names = new Set<unknown>();
      for (const { key } of items) {
        const name = isScalar(key) ? String(key.value) : key;
        if (names.has(name)) found = isNode(key) ? key.range?.[0] : 0;
        if (found !== undefined) return visit.BREAK;
        names.add(name);
      }
      return undefined;
    },
  });
  return found;
}

/** What the library throws for aliases, and for what is nested deeper than it can go. */
function refusal(cause: unknown): string | undefined {
  if (cause instanceof RangeError) return yamlWords('RESOURCE_EXHAUSTION');
  if (cause instanceof TypeError) return 'a reference (*) is inside what it refers to';
  if (!(cause instanceof ReferenceError)) return undefined;
  return cause.message.startsWith('Excessive')
    ? 'its references (*) refer to one another so often that it would grow without end'
    : yamlWords('BAD_ALIAS');
}
