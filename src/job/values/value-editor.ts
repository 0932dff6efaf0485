/** A value of a job as text to edit, and back. */
export interface ValueEditor {
  readonly kind: ValueKind;
  /** All there is to choose from, or what is worth offering; empty where anything may stand. */
  readonly choices: readonly string[];
  print(value: unknown): string;
  parse(text: string): Parsed;
}

/** The value that a text means, or in plain words why it means none. */
export type Parsed = { readonly value: unknown } | { readonly error: string };

/** Which editor fits; each of them can be edited as plain text as well. */
export type ValueKind =
  | 'text'
  /** Text over several lines. */
  | 'script'
  | 'schedule'
  | 'flag'
  | 'choice'
  | 'zone'
  | 'parent'
  | 'number'
  | 'duration'
  | 'time'
  /** A `key=value` a line. */
  | 'map'
  /** A `Name: value` a line. */
  | 'headers'
  /** JSON formatted, or any other text. */
  | 'body'
  | 'json';

/** An editor of text that is stored as it is typed: whether it is any good the checks say (`checkJob`). */
export const textual = (kind: ValueKind, choices: readonly string[] = []): ValueEditor => ({
  kind,
  choices,
  print: (value) => (typeof value === 'string' ? value : ''),
  parse: (text) => ({ value: text }),
});
