/** What the text of one setting of an executor has to be. */
import { parseGoDuration } from '../schedule/go-duration.ts';
import type { SettingKind } from './executors.ts';
import { goRegexpProblem } from './go-regexp.ts';
import { storedHeaderProblems } from './headers.ts';
import { checkJson } from './json-check.ts';
import type { Level } from './problem.ts';

export interface SettingProblem {
  readonly level: Level;
  readonly text: string;
}

type Check = (value: string) => readonly SettingProblem[];

/** The problems of a setting that has a value. */
export const settingProblems = (kind: SettingKind, value: string): readonly SettingProblem[] =>
  checks[kind](value);

const none: readonly SettingProblem[] = [];
const fine: Check = () => none;

/** A check with one thing to say, unless the value passes. */
const passes =
  (level: Level, text: string, pass: (value: string) => boolean): Check =>
  (value) =>
    pass(value) ? none : [{ level, text }];

const checks: Readonly<Record<SettingKind, Check>> = {
  text: fine,
  script: fine,
  flag: passes('warning', 'is neither true nor false, and counts as false', (value) =>
    /^(1|t|T|TRUE|true|True|0|f|F|FALSE|false|False)$/.test(value),
  ),
  debug: passes(
    'warning',
    'any text here, "false" too, prints all settings into the output of every run, secrets included',
    () => false,
  ),
  seconds: passes('warning', 'is no whole number of seconds: Dkron takes 30', isInteger),
  count: passes('warning', 'is no whole number: every run fails', isInteger),
  duration: passes(
    'error',
    'is no duration: write 30s, 5m or 1h30m',
    (value) => 'nanos' in parseGoDuration(value),
  ),
  memory: passes(
    'error',
    'is no amount of memory: write bytes, or a number with KB, MB, GB or TB',
    isMemory,
  ),
  environment: passes(
    'warning',
    'holds something that is not NAME=value; Dkron parts the variables at every comma',
    (value) => value.split(',').every((variable) => /^[^=]+=/.test(variable)),
  ),
  method: passes(
    'warning',
    'is sent as it is written, and servers know methods in capitals',
    (value) => /^[A-Z]+$/.test(value),
  ),
  headers: storedHeaderProblems,
  body: (value) =>
    /^\s*[{[]/.test(value) ? jsonProblem(value, 'begins like JSON and is not') : none,
  json: (value) => jsonProblem(value, 'is not JSON, and every run fails'),
  base64: passes('warning', 'is not base64: every run fails', (value) =>
    /^(?:[A-Za-z\d+/]{4})*(?:[A-Za-z\d+/]{2}==|[A-Za-z\d+/]{3}=)?$/.test(
      value.replace(/[\r\n]/g, ''),
    ),
  ),
  codes: passes(
    'warning',
    'is no list like 200,206: a status counts only right before a comma or the end',
    (value) => /^\s*\d{3}(,\s*\d{3})*,?$/.test(value),
  ),
  regexp: regexpProblems,
};

function isInteger(value: string): boolean {
  return /^[+-]?\d{1,18}$/.test(value);
}

const kibibytes: Readonly<Record<string, number>> = { '': 0, K: 1, M: 2, G: 3, T: 4 };

/** Dkron job.go validateMemoryLimit. */
function isMemory(value: string): boolean {
  const [, number, unit] =
    /^\s*(\d+\.?\d*|\.\d+)(?:B|BYTES|([KMGT])B?)?\s*$/i.exec(value.replace(/^\+(?=\d+$)/, '')) ??
    [];
  const bytes = Number(number) * 1024 ** kibibytes[(unit ?? '').toUpperCase()]!;
  return bytes >= 1 && bytes < 2 ** 63;
}

function jsonProblem(value: string, what: string): readonly SettingProblem[] {
  const problem = checkJson(value);
  if (problem === null) return none;
  const { line, column, message } = problem;
  return [{ level: 'warning', text: `${what} (line ${line}, column ${column}: ${message})` }];
}

function regexpProblems(value: string): readonly SettingProblem[] {
  const problem = goRegexpProblem(value);
  if (problem !== undefined)
    return [{ level: 'warning', text: `${problem}; Dkron would call every answer a mismatch` }];
  return /^\/.*\/$/s.test(value)
    ? [{ level: 'warning', text: 'the slashes around it are part of what has to match' }]
    : none;
}
