import { isClose, isOpen, type JsonToken } from './tokens.ts';

/** A member or entry: tokens from `start` to before `end`, its value beginning at `at`. */
export interface Child {
  readonly name: string | undefined;
  readonly start: number;
  readonly at: number;
  readonly end: number;
}

/** The members of the object, or the entries of the list, that begins at a token of valid JSON. */
export function childrenOf(tokens: readonly JsonToken[], container: number): Child[] {
  const named = tokens[container]!.text === '{';
  const children: Child[] = [];
  for (let start = container + 1; !isClose(tokens[start]); ) {
    const at = named ? start + 2 : start;
    const end = endOf(tokens, at);
    const name = named ? (JSON.parse(tokens[start]!.text) as string) : undefined;
    children.push({ name, start, at, end });
    start = tokens[end]!.text === ',' ? end + 1 : end;
  }
  return children;
}

/** The token behind a value. */
function endOf(tokens: readonly JsonToken[], at: number): number {
  let depth = 0;
  let end = at;
  do {
    if (isOpen(tokens[end])) depth++;
    if (isClose(tokens[end])) depth--;
    end++;
  } while (depth > 0);
  return end;
}

/** Where the value that begins at a token is written. */
export const spanOf = (tokens: readonly JsonToken[], at: number): [number, number] => [
  tokens[at]!.start,
  tokens[endOf(tokens, at) - 1]!.end,
];
