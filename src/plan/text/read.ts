/** Reads a plan that was kept as a text, and perhaps edited since. */
import * as z from 'zod/mini';
import { CorruptFile } from '../../base/errors.ts';
import { nearest } from '../../base/nearest.ts';
import type { RestoreItem } from '../model.ts';
import { BadLine, jsonIn, readDefinition } from './definition.ts';
import { format, heading, marks } from './lines.ts';
import type { Choice, PlanFile } from './plan-file.ts';
import { choiceOf, meant, restWord, wordsFor } from './words.ts';

interface Line {
  /** Behind the first word, without white space around it. */
  readonly rest: string;
  readonly word: string;
  /** From 1. */
  readonly at: number;
  /** In the line, from 1, where the rest begins. */
  readonly column: number;
}

/**
 * Reads what `planText` wrote; `path` is for people. A job without a line is left alone. Throws
 * CorruptFile, which names the line.
 */
export function readPlan(text: string, path: string): PlanFile {
  const [first = '', ...others] = text.replace(/^\ufeff/, '').split(/\r?\n/);
  checkFormat(first, path);
  const lines = others.flatMap((line, at) => lineIn(line, at + 2) ?? []);
  const of = Map.groupBy(lines, ({ word }) => (isMark(word) ? word : 'job'));
  const named = (mark: string): Line[] => of.get(mark) ?? [];
  checkEnd(lines, named(marks.definition).length, path);
  const definitions = new Map<string, RestoreItem>();
  for (const line of named(marks.definition)) {
    const item = at(path, line, readDefinition);
    if (definitions.has(item.name))
      throw badLine(path, line, `this is the second definition of ${item.name}`);
    definitions.set(item.name, item);
  }
  const [about, second] = named(marks.about);
  if (about === undefined || second !== undefined)
    throw corrupt(`${path} has ${second ? 'two lines' : 'no line'} that begin with ${marks.about}`);
  const { plan, ...more } = at(path, about, readAbout);
  const jobs = jobLines(named('job'), definitions, path);
  const items = [...definitions.values()].map((item) => itemAs(item, jobs.get(item.name)));
  const choices = new Map(
    items
      .filter(({ kind }) => kind === 'new' || kind === 'change' || kind === 'delete')
      .map(({ name }) => [name, jobs.get(name) ?? 'skip']),
  );
  return { ...more, plan: { ...plan, items }, choices };
}

/** What is done with each job that has a line and is not left alone by itself. */
function jobLines(
  lines: readonly Line[],
  definitions: ReadonlyMap<string, RestoreItem>,
  path: string,
): ReadonlyMap<string, Choice> {
  const choices = new Map<string, Choice>();
  const before = new Map<string, Line>();
  for (const line of lines) {
    const name = at(path, line, nameIn);
    const item = definitions.get(name);
    if (item === undefined && line.word === restWord) continue;
    if (item === undefined) throw noDefinition(path, line, name, definitions.keys());
    const twin = before.get(name);
    if (twin !== undefined)
      throw badLine(path, line, `${name} has a line already: line ${twin.at}`, 'Keep one of them.');
    before.set(name, line);
    const words = wordsFor(item);
    if (!words.includes(line.word))
      throw badLine(
        path,
        line,
        `"${line.word}" cannot be done with ${name}`,
        `The first word can be ${words.join(', ')}; # before the line leaves the job out.`,
      );
    const choice = choiceOf(item, line.word);
    if (choice !== null) choices.set(name, choice);
  }
  return choices;
}

/** A job that is to be written though the plan left it alone was edited, or is tried once more. */
function itemAs(item: RestoreItem, choice: Choice | undefined): RestoreItem {
  const kind = choice === undefined ? null : meant(item);
  if (kind === null || kind === item.kind) return item;
  const { moved: _, ...rest } = item;
  return { ...rest, kind, why: '' };
}

const isMark = (word: string): boolean => Object.values<string>(marks).includes(word);

const shaped = /^(\S+)(?:\s+(.*))?$/su;

/** Null for an empty line and a comment. */
function lineIn(text: string, at: number): Line | null {
  const [, word = '', rest = ''] = shaped.exec(text.trim()) ?? [];
  if (word === '' || word.startsWith('#')) return null;
  return { word, rest, at, column: text.indexOf(rest, text.indexOf(word) + word.length) + 1 };
}

const withComment = /^("(?:[^"\\]|\\.)*"|[^\s"]\S*)(?:\s+#.*)?$/su;

/** The name behind the word; what follows `#` is for people. Throws BadLine. */
function nameIn(rest: string): string {
  if (rest === '') throw new BadLine('there is no name behind the first word');
  const [, name] = withComment.exec(rest) ?? [];
  if (name === undefined)
    throw new BadLine(
      `${rest.slice(0, 60)} is no name: one with spaces or quotes stands in quotes, as JSON writes it`,
    );
  return name.startsWith('"') ? String(jsonIn(name)) : name;
}

const aboutShape = z.looseObject({
  at: z.string(),
  cluster: z.object({ id: z.string(), name: z.string() }),
  url: z.string(),
  version: z.string(),
  source: z.string(),
  plan: z.looseObject({
    listed: z.optional(z.number()),
    first: z.optional(z.string()),
    merge: z.optional(z.boolean()),
    undoes: z.optional(z.array(z.string())),
    action: z.optional(z.enum(['write', 'create', 'delete', 'disable', 'enable'])),
    unreadable: z.optional(z.array(z.object({ name: z.string(), why: z.string() }))),
  }),
});

function readAbout(text: string): Omit<PlanFile, 'choices'> {
  const read = aboutShape.safeParse(jsonIn(text));
  if (read.success) return read.data as unknown as Omit<PlanFile, 'choices'>;
  const field = read.error.issues[0]?.path.join('.') || 'it';
  throw new BadLine(`${field} is missing or wrong`);
}

function checkFormat(line: string, path: string): void {
  if (!line.startsWith(heading))
    throw corrupt(
      `${path} is not a plan`,
      `A plan is what --plan-out writes; its first line is "${heading}${format}".`,
    );
  const number = line.slice(heading.length).trim();
  if (number !== String(format))
    throw corrupt(
      `${path} is a plan of format ${number.slice(0, 20)}, and this program reads format ${format}`,
      'Use the dkron-tui that wrote it, or make the plan once more.',
    );
}

/** Who reads a part of a plan would take what is missing for left out. */
function checkEnd(lines: readonly Line[], count: number, path: string): void {
  const last = lines.at(-1);
  if (last?.word !== marks.end)
    throw corrupt(
      `${path} is not whole: its last line is not "${marks.end}" with a number`,
      'Take a whole copy, or make the plan once more.',
    );
  if (last.rest !== String(count))
    throw badLine(
      path,
      last,
      `there are ${count} lines with a definition, and ${last.rest} were written`,
      'A job is left out by # before its line above; its definition stays. Take a whole copy, or make the plan once more.',
    );
}

/** Among longer names no slip is looked for. */
const longest = 100;

function noDefinition(
  path: string,
  line: Line,
  name: string,
  known: Iterable<string>,
): CorruptFile {
  const names = [...known].filter(({ length }) => Math.abs(length - name.length) <= 2);
  const like = names.length === 0 || name.length > longest ? undefined : nearest(name, names);
  const meantOne = like === undefined ? '' : ` Is ${like} meant?`;
  return badLine(
    path,
    line,
    `there is no definition of ${name} at the end`,
    `Write the name as it stands in its definition, or put # before the line.${meantOne}`,
  );
}

/** Reads the rest of a line, and says where it stands what is wrong with it. */
function at<T>(path: string, line: Line, read: (rest: string) => T): T {
  try {
    return read(line.rest);
  } catch (error) {
    if (!(error instanceof BadLine)) throw error;
    const { message, column } = error;
    throw badLine(
      path,
      line,
      message,
      undefined,
      column === null ? null : line.column + column - 1,
    );
  }
}

const badLine = (
  path: string,
  { at }: Line,
  what: string,
  next?: string,
  column: number | null = null,
): CorruptFile =>
  corrupt(`${path}, line ${at}${column === null ? '' : `, column ${column}`}: ${what}`, next);

const corrupt = (
  message: string,
  next = 'Mend the line, or make the plan once more.',
): CorruptFile => new CorruptFile(message, { data: 'Nothing was written.', next });
