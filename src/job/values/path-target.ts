/** Where a path like `executor_config.body.positions[0].lat` leads in a job. */
import { own } from '../../base/own.ts';
import type { Step } from '../../json/path.ts';
import { settingOf } from '../executors.ts';
import { fieldOf } from '../fields.ts';
import type { Job } from '../job.ts';

export type PathTarget =
  /** A field, or a processor's settings: what a ValueEditor edits. */
  | { readonly kind: 'value'; readonly keys: readonly string[] }
  /** A string in a map. */
  | { readonly kind: 'text'; readonly keys: readonly string[] }
  /** Inside the JSON that a string holds, or that a field of a newer Dkron is. */
  | { readonly kind: 'json'; readonly keys: readonly string[]; readonly steps: readonly Step[] }
  /** A header by its name. */
  | { readonly kind: 'header'; readonly keys: readonly string[]; readonly name: string };

interface NoTarget {
  readonly error: string;
}

/** The value that a path names in this job, which may not exist yet; an error for a path that cannot be. */
export function targetOf(job: Job, path: string): PathTarget | NoTarget {
  const parts = partsOf(path);
  if (parts === undefined)
    return {
      error: `"${path}" is not a path; write tags.role or executor_config.body.list[0].name`,
    };
  const [{ text: name }, ...rest] = parts as [Part, ...Part[]];
  const field = fieldOf(name);
  if (!field && !Object.hasOwn(job, name)) return { error: `a job has no field ${name}` };
  if (field?.owner === 'server') return { error: `${name} is set by Dkron and cannot be changed` };
  if (rest.length === 0) return { kind: 'value', keys: [name] };
  if (!field) return { kind: 'json', keys: [name], steps: rest.map(stepOf) };
  if (field.type === 'map') return targetInMap(job, [name], job[name], rest);
  if (field.type !== 'maps') return { error: `${name} has no parts` };
  const [processor, ...setting] = rest as [Part, ...Part[]];
  const keys = [name, processor.text];
  if (setting.length === 0) return { kind: 'value', keys };
  return targetInMap(job, keys, own(job.processors, processor.text), setting);
}

/** The key of a map may have dots itself: the longest that is there is meant. */
function targetInMap(
  job: Job,
  keys: readonly string[],
  map: unknown,
  parts: readonly Part[],
): PathTarget | NoTarget {
  const isSetting = (key: string): boolean =>
    keys[0] === 'executor_config' && settingOf(job.executor, key) !== undefined;
  const there = longest(parts, (key) => Object.hasOwn(map ?? {}, key));
  const known = there ?? longest(parts, isSetting);
  const { key, rest } = known ?? { key: joined(parts), rest: [] };
  const target = [...keys, key];
  if (rest.length === 0)
    return known || !parts.some(({ index }) => index)
      ? { kind: 'text', keys: target }
      : { error: `there is no ${[...keys, joined(parts)].join('.')}` };
  if (keys[0] !== 'executor_config')
    return { error: `${target.join('.')} is text, which has no parts` };
  if (settingOf(job.executor, key)?.kind === 'headers' && !rest[0]!.index)
    return { kind: 'header', keys: target, name: joined(rest) };
  return there
    ? { kind: 'json', keys: target, steps: rest.map(stepOf) }
    : { error: `${target.join('.')} does not exist yet` };
}

interface Part {
  readonly text: string;
  /** Written `[0]`. */
  readonly index: boolean;
}

/** `a.b`, `[0]` and `["a.b"]` one after the other; undefined for anything else. */
function partsOf(path: string): Part[] | undefined {
  const part = /(?:^|\.)([^.[\]]+)|(?<!^)\[(\d+)\]|(?<!^)\[("[^"\\]*(?:\\.[^"\\]*)*")\]/suy;
  const parts: Part[] = [];
  while (part.lastIndex < path.length) {
    const [, name, index, quoted] = part.exec(path) ?? [];
    const text = name ?? index ?? (quoted === undefined ? undefined : unquoted(quoted));
    if (text === undefined) return undefined;
    parts.push({ text, index: index !== undefined });
  }
  return parts.length === 0 ? undefined : parts;
}

function unquoted(quoted: string): string | undefined {
  try {
    return JSON.parse(quoted) as string;
  } catch {
    return undefined;
  }
}

const stepOf = ({ text, index }: Part): Step => (index ? Number(text) : text);

const joined = (parts: readonly Part[]): string =>
  parts.map(({ text, index }, at) => (index ? `[${text}]` : at === 0 ? text : `.${text}`)).join('');

/** The most parts that together are such a key, and what is left of them. */
function longest(
  parts: readonly Part[],
  isKey: (key: string) => boolean,
): { readonly key: string; readonly rest: readonly Part[] } | undefined {
  for (let count = parts.length; count > 0; count--) {
    const key = joined(parts.slice(0, count));
    if (isKey(key)) return { key, rest: parts.slice(count) };
  }
  return undefined;
}
