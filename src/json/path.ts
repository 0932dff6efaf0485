/** One value deep inside a JSON text, also inside of strings that hold JSON: read, set, removed. */

import { isJson } from './check.ts';
import { closeInner, innerJson } from './inner.ts';
import { closeBody } from './layout.ts';
import { isOpen, type JsonToken, jsonTokens } from './tokens.ts';
import { type Child, childrenOf, spanOf } from './tree.ts';

/** A member's name, or a number for an entry of a list. */
export type Step = string | number;

export type Edited = { readonly text: string } | { readonly error: string };

/** `name` and `[2]` as they follow one another in a path. */
export const pathOf = (base: string, steps: readonly Step[]): string =>
  base + steps.map((step) => (typeof step === 'number' ? `[${step}]` : `.${step}`)).join('');

/** The value's JSON, exactly as written. `base` names the text in errors. */
export function getInJson(text: string, steps: readonly Step[], base: string): Edited {
  const found = find(text, steps, base);
  if ('error' in found) return found;
  if (found.kind === 'inner') return getInJson(found.inner, found.rest, found.base);
  return found.kind === 'missing'
    ? { error: found.message }
    : { text: text.slice(...spanOf(found.tokens, found.at)) };
}

/**
 * The text with another value there. The last step may be a new name, or the entry behind the last.
 * A string stays a string; anything else is JSON where the new text is, and must be where a value
 * of another kind stands.
 */
export function setInJson(
  text: string,
  steps: readonly Step[],
  value: string,
  base: string,
): Edited {
  const found = find(text, steps, base);
  if ('error' in found) return found;
  if (found.kind === 'inner')
    return inside(text, found, setInJson(found.inner, found.rest, value, found.base));
  const { tokens } = found;
  if (found.kind === 'value') {
    const written = jsonFor(value, tokens[found.at], pathOf(base, steps));
    if ('error' in written) return written;
    return splice(text, ...spanOf(tokens, found.at), written.text);
  }
  const { step, container } = found;
  const entries = childrenOf(tokens, container);
  if (typeof step === 'number' && step !== entries.length) return { error: found.message };
  const name = typeof step === 'number' ? '' : `${JSON.stringify(step)}:`;
  const end = tokens[(entries.at(-1)?.end ?? container + 1) - 1]!.end;
  const written = isJson(value) ? value : JSON.stringify(value);
  return splice(text, end, end, `${entries.length > 0 ? ',' : ''}${name}${written}`);
}

/** The text without this member or entry. */
export function removeInJson(text: string, steps: readonly Step[], base: string): Edited {
  const found = find(text, steps, base);
  if ('error' in found) return found;
  if (found.kind === 'inner')
    return inside(text, found, removeInJson(found.inner, found.rest, found.base));
  if (found.kind === 'missing') return { error: found.message };
  const { tokens, at, container } = found;
  const entries = childrenOf(tokens, container);
  const index = entries.findIndex((entry) => entry.at === at);
  const [before, entry, after] = [entries[index - 1], entries[index]!, entries[index + 1]];
  // With the comma behind it, or the one before, or all that stands between the brackets.
  const [start, end] = after
    ? [tokens[entry.start]!.start, tokens[after.start]!.start]
    : before
      ? [tokens[before.end - 1]!.end, tokens[entry.end - 1]!.end]
      : [tokens[container]!.end, tokens[entry.end]!.start];
  return { text: text.slice(0, start) + text.slice(end) };
}

/** Where the value stands in valid JSON, or the nearest around it. */
export function offsetInJson(text: string, steps: readonly Step[]): number {
  const found = find(text, steps, '');
  if (!('error' in found) && found.kind === 'value') return found.tokens[found.at]!.start;
  return steps.length > 0 ? offsetInJson(text, steps.slice(0, -1)) : 0;
}

type Found =
  /** The value begins at token `at`, in the object or list that begins at `container`. */
  | {
      readonly kind: 'value';
      readonly tokens: JsonToken[];
      readonly at: number;
      readonly container: number;
    }
  /** All is there but the last step. */
  | {
      readonly kind: 'missing';
      readonly tokens: JsonToken[];
      readonly container: number;
      readonly step: Step;
      readonly message: string;
    }
  /** The path goes on inside a string. */
  | {
      readonly kind: 'inner';
      readonly offset: number;
      readonly inner: string;
      readonly rest: readonly Step[];
      readonly base: string;
    };

function find(text: string, steps: readonly Step[], base: string): Found | { error: string } {
  if (!isJson(text)) return { error: `${base} is not JSON` };
  const tokens = jsonTokens(text);
  let [at, container] = [0, 0];
  for (const [index, step] of steps.entries()) {
    const where = pathOf(base, steps.slice(0, index));
    const inner = innerJson(tokens[at]!);
    if (inner !== undefined)
      return {
        kind: 'inner',
        offset: tokens[at]!.start,
        inner,
        rest: steps.slice(index),
        base: where,
      };
    if (!isOpen(tokens[at]))
      return { error: `${where} is ${kindOf(tokens[at]!)}, which has no parts` };
    const entries = childrenOf(tokens, at);
    const isList = tokens[at]!.text === '[';
    // In a list `.0` is as good as `[0]`; a name that comes twice means the last, as in JSON.parse.
    const wanted = isList && /^\d+$/.test(String(step)) ? Number(step) : step;
    if (isList !== (typeof wanted === 'number'))
      return { error: `${where} is ${isList ? 'a list: write [0]' : 'an object: write a name'}` };
    const entry =
      typeof wanted === 'number'
        ? entries[wanted]
        : entries.findLast(({ name }) => name === wanted);
    container = at;
    if (entry === undefined) {
      const message = `${where} has no ${isList ? `[${wanted}]` : wanted}: it has ${listOf(entries)}`;
      return index < steps.length - 1
        ? { error: message }
        : { kind: 'missing', tokens, container, step: wanted, message };
    }
    at = entry.at;
  }
  return { kind: 'value', tokens, at, container };
}

/** What was inserted gets the white space of the text around it. */
const splice = (text: string, start: number, end: number, written: string): Edited => ({
  text: closeBody(text, text.slice(0, start) + written + text.slice(end)),
});

const inside = (text: string, { offset }: { offset: number }, changed: Edited): Edited =>
  'error' in changed ? changed : { text: closeInner(text, offset, changed.text) };

function jsonFor(value: string, stood: JsonToken | undefined, where: string): Edited {
  const isString = stood?.kind === 'string';
  if (isJson(value) && (!isString || /^\s*"/.test(value))) return { text: value };
  if (isString && JSON.parse(stood.text) === value) return { text: stood.text };
  if (isString || stood?.text === 'null') return { text: JSON.stringify(value) };
  return {
    error: `${where} is ${kindOf(stood!)}; a text in its place is written in double quotes`,
  };
}

function kindOf({ kind, text }: JsonToken): string {
  if (kind === 'string') return 'text';
  if (kind === 'number') return 'a number';
  if (text === '{') return 'an object';
  return text === '[' ? 'a list' : text;
}

function listOf(entries: readonly Child[]): string {
  if (entries.length === 0) return 'nothing';
  if (entries[0]!.name === undefined)
    return entries.length === 1 ? '[0] only' : `[0] to [${entries.length - 1}]`;
  const names = [...new Set(entries.map(({ name }) => name))];
  return names.length > 8 ? `${names.slice(0, 8).join(', ')}, …` : names.join(', ');
}
