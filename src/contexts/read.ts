/** Reads the text of a file of contexts. */
import type * as z from 'zod';
import type { ThemeName } from '../config/looks.ts';
import { readYaml } from '../job/file/yaml-text.ts';
import { isMap } from '../job/shape.ts';
import { parseNames } from '../json/names.ts';
import { stringifyJson } from '../json/numbers.ts';
import { contextName, nameWords, type Problem, problemsOf } from './rules.ts';
import { type ContextShape, contextShape, topShape } from './shape.ts';
import { unknownKey } from './shape-parts.ts';

/** What is wrong in a file; line and column count from 1. */
export interface Mistake {
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

/** A context that can be used, or all that is wrong with it. */
export type Entry = { readonly context: ContextShape } | { readonly mistakes: readonly Mistake[] };

export interface Contents {
  readonly current: string | null;
  readonly theme: ThemeName | null;
  readonly contexts: ReadonlyMap<string, Entry>;
  /** What is wrong outside the contexts. */
  readonly mistakes: readonly Mistake[];
}

/** Each context by itself: a mistake in one leaves the others usable. */
export function readContexts(text: string): Contents {
  const { documents, errors } = readYaml(text.replace(/^\u{feff}/u, ''));
  if (errors.length > 0) return broken(errors);
  const [{ value: read, key } = empty, another] = documents;
  if (another !== undefined)
    return broken([{ ...another.place([]), message: 'a second document begins here (---)' }]);
  const told = ({ path, inside = [], message }: Problem): Mistake => ({
    ...key([...path, ...inside]),
    message: [path.join('.'), message].filter(Boolean).join(': '),
  });
  // Numbers as numbers: what is written here is far from where they lose digits.
  const value: unknown = parseNames(stringifyJson(read ?? {}));
  const top = topShape.safeParse(value);
  const found = isMap(value) && isMap(value['contexts']) ? value['contexts'] : {};
  const current = top.success ? (top.data.current ?? null) : null;
  return {
    current,
    theme: top.success ? (top.data.theme ?? null) : null,
    contexts: new Map(
      Object.entries(found).map(([name, entry]) => [name, entryOf(name, entry, told)]),
    ),
    mistakes: [
      ...(top.success ? [] : problemsIn(top.error)),
      ...(current === null || Object.hasOwn(found, current) ? [] : [noCurrent(Object.keys(found))]),
    ].map(told),
  };
}

const empty = { value: null, key: () => ({ line: 1, column: 1 }) };

const broken = (mistakes: readonly Mistake[]): Contents => ({
  current: null,
  theme: null,
  contexts: new Map(),
  mistakes,
});

const noCurrent = (names: readonly string[]): Problem => ({
  path: ['current'],
  message: `there is no such context: ${names.length === 0 ? 'there is none at all' : `there is ${names.join(', ')}`}`,
});

function entryOf(name: string, value: unknown, told: (problem: Problem) => Mistake): Entry {
  const inside = ['contexts', name];
  if (!contextName.test(name))
    return { mistakes: [told({ path: inside, message: `cannot be typed: ${nameWords}` })] };
  const parsed = contextShape.safeParse(value);
  const problems = parsed.success ? problemsOf(parsed.data) : problemsIn(parsed.error);
  if (parsed.success && problems.length === 0) return { context: parsed.data };
  return {
    mistakes: problems.map((one) => told({ ...one, path: [...inside, ...one.path] })),
  };
}

/** An unknown key is a problem where that key stands. */
function problemsIn(error: z.ZodError): Problem[] {
  return error.issues.flatMap((issue) => {
    const path = issue.path.map(String);
    if (issue.code !== 'unrecognized_keys') return [{ path, message: issue.message }];
    return issue.keys.map((key) => ({
      path,
      inside: [key],
      message: unknownKey(key, issue.message),
    }));
  });
}
