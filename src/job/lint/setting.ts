/** What the text of one setting of an executor has to be. */

import { checkJson } from '../../json/check.ts';
import { parseGoDuration } from '../../schedule/go-duration.ts';
import type { SettingKind } from '../executors.ts';
import { type Finding, type Level, type Rule, warning } from './finding.ts';
import { goRegexpProblem } from './go-regexp.ts';
import { headerFindings } from './headers.ts';

type Check = (path: string, value: string) => readonly Finding[];

/** What is wrong with a setting that has a value; `path` is where it stands. */
export const settingFindings = (
  kind: SettingKind,
  path: string,
  value: string,
): readonly Finding[] => checks[kind](path, value);

const none: readonly Finding[] = [];
const fine: Check = () => none;

/** A check with one thing to say, unless the value passes. */
const passes =
  (rule: Rule, level: Level, text: string, pass: (value: string) => boolean): Check =>
  (path, value) =>
    pass(value) ? none : [{ rule, level, path, text }];

const checks: Readonly<Record<SettingKind, Check>> = {
  text: fine,
  script: fine,
  flag: passes(
    'setting-flag',
    'warning',
    'is neither true nor false, and counts as false',
    (value) => /^(1|t|T|TRUE|true|True|0|f|F|FALSE|false|False)$/.test(value),
  ),
  debug: passes(
    'setting-debug',
    'warning',
    'any text here, even "false", prints all settings into the output of every run, secrets included',
    () => false,
  ),
  seconds: passes(
    'setting-seconds',
    'warning',
    'is not a whole number of seconds: Dkron uses 30',
    isInteger,
  ),
  count: passes('setting-count', 'warning', 'is not a whole number: every run fails', isInteger),
  duration: passes(
    'setting-duration',
    'error',
    'is not a duration: write 30s, 5m or 1h30m',
    (value) => 'nanos' in parseGoDuration(value),
  ),
  memory: passes(
    'setting-memory',
    'error',
    'is not an amount of memory: write bytes, or a number with KB, MB, GB or TB',
    isMemory,
  ),
  environment: passes(
    'setting-environment',
    'warning',
    'holds something that is not NAME=value; Dkron splits the variables at every comma',
    (value) => value.split(',').every((variable) => /^[^=]+=/.test(variable)),
  ),
  method: passes(
    'setting-method',
    'warning',
    'is sent as it is written, and servers know methods in capitals',
    (value) => /^[A-Z]+$/.test(value),
  ),
  headers: headerFindings,
  body: (path, value) =>
    /^\s*[{[]/.test(value)
      ? jsonFindings('setting-body', path, value, 'begins like JSON and is not JSON')
      : none,
  json: (path, value) =>
    jsonFindings('setting-json', path, value, 'is not JSON, and every run fails'),
  base64: passes('setting-base64', 'warning', 'is not base64: every run fails', (value) =>
    /^(?:[A-Za-z\d+/]{4})*(?:[A-Za-z\d+/]{2}==|[A-Za-z\d+/]{3}=)?$/.test(
      value.replace(/[\r\n]/g, ''),
    ),
  ),
  codes: passes(
    'setting-codes',
    'warning',
    'is not a list like 200,206: a status counts only right before a comma or the end',
    (value) => /^\s*\d{3}(,\s*\d{3})*,?$/.test(value),
  ),
  regexp: regexpFindings,
};

function isInteger(value: string): boolean {
  return /^[+-]?\d{1,18}$/.test(value);
}

const kibibytes: Readonly<Record<string, number>> = { '': 0, K: 1, M: 2, G: 3, T: 4 };

/** Dkron job.go validateMemoryLimit. */
function isMemory(value: string): boolean {
  const [, number, unit] =
    /^\s*(\d+(?:\.\d*)?|\.\d+)(?:B|BYTES|([KMGT])B?)?\s*$/i.exec(
      value.replace(/^\+(?=\d+$)/, ''),
    ) ?? [];
  const bytes = Number(number) * 1024 ** kibibytes[(unit ?? '').toUpperCase()]!;
  return bytes >= 1 && bytes < 2 ** 63;
}

function jsonFindings(rule: Rule, path: string, value: string, what: string): readonly Finding[] {
  const problem = checkJson(value);
  if (problem === null) return none;
  const { line, column, message } = problem;
  return [warning(rule, path, `${what} (line ${line}, column ${column}: ${message})`)];
}

function regexpFindings(path: string, value: string): readonly Finding[] {
  const problem = goRegexpProblem(value);
  if (problem !== undefined)
    return [warning('setting-regexp', path, `${problem}; no answer would match`)];
  return /^\/.*\/$/s.test(value)
    ? [warning('setting-regexp', path, 'the slashes around it are part of the pattern')]
    : none;
}
