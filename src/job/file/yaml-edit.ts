/** Changes in a YAML file that somebody wrote: comments, order and every other byte stay. */
import {
  type Document,
  isMap,
  isScalar,
  type Pair,
  parseDocument,
  type Range,
  type Scalar,
  visit,
  type YAMLMap,
} from 'yaml';
import { fields } from '../fields.ts';
import { options, printYaml, readable } from './yaml-text.ts';

export interface YamlEdit {
  /** A field, and a key inside it. */
  readonly keys: readonly string[];
  /** What is to stand there; undefined takes it out. */
  readonly value: unknown;
}

/**
 * The text of a file of one job with these changes, in the ways there are: the first changes no byte
 * besides, the second, where there are no references (*), sets the file anew around its comments.
 * Neither is sure to be right for every layout: who takes one reads it again first.
 */
export function* editedYaml(text: string, edits: readonly YamlEdit[]): Generator<string> {
  const spliced = edits.reduce<string | null>(
    (before, edit) => (before === null ? null : splice(before, edit)),
    text,
  );
  if (spliced !== null) yield spliced;
  const document = parseDocument(text, options);
  // Taking out what others refer to breaks them.
  if (hasReferences(document)) return;
  for (const { keys, value } of edits)
    if (value === undefined) takeOut(document, keys);
    else putIn(document, keys, value);
  yield document.toString(readable);
}

/** What stands above a name was said of more than that: it stays, above the next one or at the end. */
function takeOut(document: Document, keys: readonly string[]): void {
  const [name = '', ...above] = keys.toReversed();
  const map = document.getIn(above.toReversed(), true);
  const entry = isMap(map) ? entryOf(map, name) : undefined;
  if (isMap(map) && entry?.key.commentBefore) {
    const at = map.items.findIndex(({ key }) => key === entry.key);
    const next = map.items[at + 1]?.key;
    const also = (text: string | null | undefined) =>
      [entry.key.commentBefore, ...(text ? [text] : [])].join('\n');
    if (isScalar(next)) next.commentBefore = also(next.commentBefore);
    else map.comment = also(map.comment);
  }
  document.deleteIn(keys);
}

/** A comment behind the value of before stays behind the one of now. */
function putIn(document: Document, keys: readonly string[], value: unknown): void {
  const before = document.getIn(keys, true);
  const now = document.createNode(value);
  if (isScalar(before) && before.comment) {
    if (isScalar(now)) now.comment = before.comment;
    else now.commentBefore = before.comment;
  }
  document.setIn(keys, now);
}

function hasReferences(document: Document): boolean {
  let found = false;
  visit(document, {
    Alias() {
      found = true;
      return visit.BREAK;
    },
  });
  return found;
}

/** A name with its value, as a file has them. */
interface Entry {
  readonly key: Scalar & { readonly range: Range };
  readonly value: Pair['value'];
}

/** Null where the file is not laid out as a name a line. */
function splice(text: string, { keys, value }: YamlEdit): string | null {
  const { contents } = parseDocument(text, options);
  let map: unknown = contents;
  let at = 0;
  let parent: Entry | undefined;
  for (; ; at++) {
    if (!isMap(map) || map.flow === true) return null;
    const entry = entryOf(map, keys[at]!);
    const last = at === keys.length - 1;
    // Without its last name a map says nothing.
    if (last && value === undefined)
      return entry ? without(text, map.items.length === 1 && parent ? parent : entry) : text;
    if (!entry) return inserted(text, map, nested(keys.slice(at), value));
    if (last || !isMap(entry.value) || entry.value.items.length === 0)
      return replaced(text, entry, nested(keys.slice(at), value));
    [map, parent] = [entry.value, entry];
  }
}

function entryOf(map: YAMLMap, name: string): Entry | undefined {
  const found = map.items.find(({ key }) => isScalar(key) && String(key.value) === name);
  return found && isEntry(found) ? found : undefined;
}

const isEntry = (pair: Pair): pair is Pair & Entry => isScalar(pair.key) && !!pair.key.range;

/** `value` under these names, a map in a map. */
const nested = (keys: readonly string[], value: unknown): Readonly<Record<string, unknown>> => {
  const [key = '', ...rest] = keys;
  return Object.fromEntries([[key, rest.length === 0 ? value : nested(rest, value)]]);
};

/** As it would stand in a file of its own, and where its value begins there. */
function printed(text: string, pair: Readonly<Record<string, unknown>>, indent: string) {
  const own = printYaml(pair).replace(/\n$/, '');
  const [entry] = (parseDocument(own, options).contents as YAMLMap).items;
  const { key, value } = entry as Pair & Entry;
  const newline = text.includes('\r\n') ? '\r\n' : '\n';
  const set = (part: string) =>
    part.replace(/\n(?=[^\n])/g, `\n${indent}`).replaceAll('\n', newline);
  return {
    whole: set(own),
    behindKey: set(own.slice(key.range[1])),
    value: isScalar(value) && value.range ? set(own.slice(value.range[0])) : null,
  };
}

function replaced(
  text: string,
  { key, value }: Entry,
  pair: Readonly<Record<string, unknown>>,
): string {
  const now = printed(text, pair, indentAt(text, key.range[0]));
  const [from, written] =
    isScalar(value) && value.range && value.range[0] < value.range[1] && now.value !== null
      ? [value.range[0], now.value]
      : [key.range[1], now.behindKey];
  const end = endOf(text, { key, value });
  const first = written.search(/\r?\n/);
  const behind = first < 0 ? end : lineEnd(text, end);
  // What follows on the line is a comment: inside lines of text it would be text.
  const lines =
    first < 0
      ? written
      : written.slice(0, first) + text.slice(end, behind).trimEnd() + written.slice(first);
  return text.slice(0, from) + lines + text.slice(behind);
}

function inserted(
  text: string,
  map: YAMLMap,
  pair: Readonly<Record<string, unknown>>,
): string | null {
  const [name = ''] = Object.keys(pair);
  const entries = map.items.filter(isEntry);
  const near = entries.reduce<Entry | undefined>(
    (nearest, entry) => (nearest && gap(name, nearest) < gap(name, entry) ? nearest : entry),
    undefined,
  );
  if (near === undefined) return null;
  const indent = indentAt(text, near.key.range[0]);
  const at = lineEnd(text, endOf(text, near));
  const newline = text.includes('\r\n') ? '\r\n' : '\n';
  return text.slice(0, at) + newline + indent + printed(text, pair, indent).whole + text.slice(at);
}

function without(text: string, entry: Entry): string {
  const from = text.lastIndexOf('\n', entry.key.range[0] - 1) + 1;
  const next = text.indexOf('\n', endOf(text, entry));
  return text.slice(0, from) + (next < 0 ? '' : text.slice(next + 1));
}

/** How far behind an entry a field stands in the fields table; one in front of it is farthest. */
function gap(name: string, { key }: Entry): number {
  const far = rank(name) - rank(String(key.value));
  return far < 0 ? fields.length - far : far;
}

/** Fields stand in the order of their table; what is no field, behind them. */
const rank = (name: string): number => {
  const at = fields.findIndex((field) => field.name === name);
  return at < 0 ? fields.length : at;
};

/** Where an entry ends, without the comment behind it and its line break. */
function endOf(text: string, { key, value }: Entry): number {
  if (isMap(value) && value.flow !== true) {
    const last = value.items.filter(isEntry).at(-1);
    if (last) return endOf(text, last);
  }
  const end = (value as Partial<Scalar> | null)?.range?.[1] ?? key.range[1];
  return text[end - 1] === '\n' ? end - (text[end - 2] === '\r' ? 2 : 1) : end;
}

/** The offset of the line break behind, or of the end. */
function lineEnd(text: string, at: number): number {
  const found = text.indexOf('\n', at);
  if (found < 0) return text.length;
  return text[found - 1] === '\r' ? found - 1 : found;
}

function indentAt(text: string, offset: number): string {
  return text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset);
}
