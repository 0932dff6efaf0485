/** A plan as a text to read, to edit and to review. */
import { findingText } from '../../job/lint/finding.ts';
import type { Clock } from '../../job/upcoming.ts';
import { clean } from '../../terminal/cell.ts';
import { wholeChangeLines } from '../../view/diff.ts';
import { lineText } from '../../view/line.ts';
import { differencesOf, runsMoved, shownOf } from '../differences.ts';
import type { CheckedItem, RestoreItem } from '../model.ts';
import { policyTexts, replacedText } from '../policy/words.ts';
import { format, heading, jsonText, marks, nameText } from './lines.ts';
import type { PlanFile } from './plan-file.ts';
import { isSameText, wordOf } from './words.ts';

export interface TextOptions {
  /** Shows credentials in the differences; the definitions have them in any case. */
  readonly secrets?: boolean;
  /** Says below each job what changes; true unless told. Where nobody reads it, that is most of the work. */
  readonly differences?: boolean;
  /** Says when a job runs next, before and after. */
  readonly clock?: Clock;
}

/** The whole text; `readPlan` makes the same plan of it, without what is only on the server. */
export const planText = (file: PlanFile, options?: TextOptions): string =>
  [...planLines(file, options), ''].join('\n');

/** Its lines: of many jobs the whole text is more than one wants to hold. */
export function* planLines(file: PlanFile, options: TextOptions = {}): Generator<string> {
  const { secrets = false, differences = true } = options;
  const { plan, choices, ...about } = file;
  const { items, families: _, ...more } = plan;
  // What is decided stands first.
  const rows = [...items.filter(isDecided), ...items.filter((item) => !isDecided(item))];
  // What nobody planned anything for needs no definition, which would hold its credentials.
  const defined = items.filter(({ kind }) => kind !== 'only-here');
  yield `${heading}${format}`;
  yield* foreword(file, secrets);
  yield '';
  for (const item of rows) {
    yield lineOf(item, wordOf(item, choices.get(item.name)));
    if (differences) yield* commentsOf(item, options);
  }
  yield '';
  yield* afterword;
  yield `${marks.about} ${jsonText({ ...about, plan: more })}`;
  for (const item of defined) yield `${marks.definition} ${definitionText(item)}`;
  yield `${marks.end} ${defined.length}`;
}

const isDecided = ({ kind }: RestoreItem): boolean => kind !== 'same' && kind !== 'only-here';

const foreword = ({ at, cluster, url, source, plan }: PlanFile, secrets: boolean): string[] =>
  [
    '',
    `What is to be done with jobs of ${cluster.name} at ${url},`,
    `planned ${at} from ${source}.`,
    ...policyTexts(plan, new Set(plan.items.map(({ name }) => name))),
    'Nothing is written before you say so: dkron-tui restore --apply THIS-FILE',
    '',
    'One line a job. Its first word says what is done with it:',
    '  create      the server has no such job: it is written',
    '  overwrite   it is written over the one on the server',
    '  delete      it is deleted on the server, and its runs with it',
    '  ask         you are asked',
    '  skip        it is left as it is',
    'Not written: same (nothing changes), blocked (Dkron would refuse it), only-here (only on the server).',
    '',
    'Change that word, or put # before the line: then the job is left as it is. The order of the lines',
    'does not matter. Below a job stands what changes: − on the server, + by this plan',
    ...(secrets ? ['(with credentials).'] : ['(credentials as ••••).']),
    'A job that somebody changes on the server meanwhile is not written; you are shown what changed.',
    'The definitions at the end are what is written, with credentials: keep this file private.',
  ].map(comment);

const comment = (text: string): string => `# ${clean(text)}`.trimEnd();

const afterword = [
  'The definitions: what each job was on the server ("was"), and what it is to be ("wanted").',
  'Where there is no "wanted", it is the same. You may edit a "wanted"; it is checked before it is written.',
].map(comment);

const lineOf = ({ name, why, left }: RestoreItem, word: string): string => {
  const line = `${word} ${nameText(name)}`;
  const said = [why, left].filter((text) => text).join(' · ');
  return said === '' ? line : `${line}  # ${clean(said)}`;
};

/** What changes, when it runs then, and what the checks say. */
function commentsOf(
  item: RestoreItem | CheckedItem,
  { secrets = false, clock }: TextOptions,
): string[] {
  const runs = clock === undefined ? null : runsMoved(item, clock);
  const changes = item.kind === 'new' || item.kind === 'change' ? differencesOf(item) : [];
  const shown = shownOf(changes, secrets).filter(({ path }) => path !== 'name');
  const found = 'findings' in item ? item.findings : [];
  const replaced = replacedText(item);
  return [
    ...wholeChangeLines(runs === null ? shown : [...shown, runs]).map(lineText),
    ...(replaced === '' ? [] : [` replaced in ${clean(replaced)}`]),
    ...found
      .map((one) => [one.level, findingText(one)] as const)
      .filter(([, text]) => text !== item.why)
      .map(([level, text]) => ` ${level}: ${clean(text)}`),
  ].map((text) => `    #${text}`.trimEnd());
}

/** All that `definition.ts` needs to make the item again. */
function definitionText(item: RestoreItem | CheckedItem): string {
  const { name, kind, why, job, seen, changes: _, ...more } = item;
  const { findings: __, ...rest } = { findings: null, ...more };
  const isGiven = item.places === undefined && !isSameText(job, seen);
  const wanted = isGiven ? { wanted: job } : {};
  return jsonText({ name, kind, why, was: seen, ...wanted, ...rest });
}
