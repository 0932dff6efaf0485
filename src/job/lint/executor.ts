/** What is wrong with the settings of a job's executor (Dkron plugin/http, plugin/shell, …). */

import { holdsJson } from '../../json/check.ts';
import { executorNames, executorSince, type Setting, settingsOf } from '../executors.ts';
import { readHeaders } from '../headers.ts';
import type { Job } from '../job.ts';
import { type Finding, warning } from './finding.ts';
import { settingFindings } from './setting.ts';
import { clearSecrets, exposure } from './transport.ts';
import { isOlder, tooOld } from './version.ts';

type Config = ReadonlyMap<string, string>;

const at = (name: string): string => `executor_config.${name}`;

export function executorFindings({ executor, executor_config }: Job, version?: string): Finding[] {
  if (executor === '')
    return [warning('executor-missing', 'executor', 'without an executor every run fails')];
  const settings = settingsOf(executor);
  if (!settings) return [unknownExecutor(executor)];
  const config = new Map(Object.entries(executor_config ?? {}));
  const since = executorSince(executor);
  if (isOlder(version, since)) return [executorToo(executor, since!, version!)];
  return [
    ...settings.flatMap((setting) => checkSetting(setting, config, version)),
    ...[...config.keys()].flatMap((name) => checkName(name, executor, settings)),
    ...(executor === 'http' ? [...checkHttp(config), ...exposure(config)] : []),
    ...(executor === 'shell' ? checkShell(config) : []),
    ...clearSecrets(executor, config),
  ];
}

function unknownExecutor(executor: string): Finding {
  const meant = executorNames.find((known) => known === executor.trim().toLowerCase());
  return warning(
    'executor-unknown',
    'executor',
    `${executor} is not part of Dkron: every run fails unless the servers have a plugin of this name`,
    meant,
  );
}

const executorToo = (executor: string, since: string, version: string): Finding =>
  warning(
    'too-old',
    'executor',
    `${executor} came with Dkron ${since}: on ${version} every run fails unless its nodes have a plugin of this name`,
  );

function checkSetting(
  { name, kind, required, since }: Setting,
  config: Config,
  version: string | undefined,
): readonly Finding[] {
  const value = config.get(name) ?? '';
  if (value === '')
    return required ? [warning('setting-missing', at(name), 'is empty: every run fails')] : [];
  const old = tooOld(at(name), since, value, version);
  return old.length > 0 ? old : settingFindings(kind, at(name), value);
}

function checkName(name: string, executor: string, settings: readonly Setting[]): Finding[] {
  if (settings.some((known) => known.name === name)) return [];
  const meant = settings.find((known) => known.name.toLowerCase() === name.toLowerCase());
  const hint = meant ? `; it is written ${meant.name}` : '';
  const text = `the ${executor} executor does not know it${hint}`;
  return [warning('setting-unknown', at(name), text)];
}

function checkHttp(config: Config): Finding[] {
  const setting = (name: string): string => config.get(name) ?? '';
  const headers = readHeaders(setting('headers'));
  const typed = headers?.some(({ name }) => name.toLowerCase() === 'content-type');
  const findings: Finding[] = [];
  if (setting('url') !== '' && !isCallable(setting('url')))
    findings.push(
      warning(
        'http-url',
        at('url'),
        'is not an address that begins with http:// or https://: every run fails',
      ),
    );
  if (setting('expectCode') === '')
    findings.push(
      warning('http-any-status', at('expectCode'), 'is empty: any status is a success, even 500'),
    );
  if (typed === false && holdsJson(setting('body')))
    findings.push(
      warning(
        'http-content-type',
        at('headers'),
        'have no Content-Type for the JSON body, and Dkron adds none',
      ),
    );
  return findings;
}

/** Go's net/http calls nothing else, and takes neither spaces nor <> in the name of a host. */
const isCallable = (url: string): boolean => /^https?:\/\/[^/?#\s<>"\\^`{|}]+([/?#]|$)/i.test(url);

function checkShell(config: Config): Finding[] {
  const inShell = /^(1|t|T|TRUE|true|True)$/.test(config.get('shell') ?? '');
  const unquoted = (config.get('command') ?? '').replace(/\\.|'[^']*'|"[^"]*"/gs, '');
  const [stop] = /[;|&<>]/.exec(unquoted) ?? [];
  if (inShell || stop === undefined) return [];
  const text = `without shell: true Dkron runs only the part before the ${stop}`;
  return [warning('shell-words', at('command'), text)];
}
