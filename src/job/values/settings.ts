/** The editors for what an executor reads: strings all of them, whatever they hold. */
import { own } from '../../base/own.ts';
import { closeBody, openBody } from '../../json/layout.ts';
import { type SettingKind, settingOf } from '../executors.ts';
import { headerLine, printHeaders, readHeader, readHeaders } from '../headers.ts';
import type { Job } from '../job.ts';
import { textual, type ValueEditor, type ValueKind } from './value-editor.ts';

/** The editor for a key of a job's `executor_config`. */
export function settingEditor({ executor, executor_config }: Job, name: string): ValueEditor {
  const kind = settingOf(executor, name)?.kind ?? 'text';
  const stored = own(executor_config, name) ?? '';
  if (kind === 'body' || kind === 'json') return bodyEditor(stored);
  if (kind === 'headers' && readHeaders(stored) !== null) return headersEditor(stored);
  // A line break inside a variable would look like the end of it.
  if (kind === 'environment' && !stored.includes('\n')) return environmentEditor;
  return textual(...plainSettings[kind]);
}

type Plain = readonly [kind: ValueKind, choices?: readonly string[]];

const plainSettings: Readonly<Record<SettingKind, Plain>> = {
  text: ['text'],
  script: ['script'],
  flag: ['choice', ['true', 'false', '']],
  debug: ['choice', ['', 'true']],
  seconds: ['number'],
  count: ['number'],
  duration: ['duration'],
  memory: ['text'],
  environment: ['text'],
  method: ['text', ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD']],
  headers: ['text'],
  body: ['body'],
  json: ['body'],
  base64: ['text'],
  codes: ['text'],
  regexp: ['text'],
};

const bodyEditor = (stored: string): ValueEditor => ({
  kind: 'body',
  choices: [],
  print: (value) => openBody(String(value ?? '')).shown,
  parse: (text) => ({ value: closeBody(stored, text) }),
});

const headersEditor = (stored: string): ValueEditor => ({
  kind: 'headers',
  choices: [],
  print: (value) => (readHeaders(String(value ?? '')) ?? []).map(headerLine).join('\n'),
  parse(text) {
    const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '');
    const wrong = lines.find((line) => !/^\s*[^:\s][^:]*:/.test(line));
    if (wrong !== undefined) return { error: `"${wrong}" is not a header: write Name: value` };
    return { value: printHeaders(lines.map(readHeader), stored) };
  },
});

/** Dkron splits the variables at every comma. */
const environmentEditor: ValueEditor = {
  kind: 'map',
  choices: [],
  print: (value) =>
    String(value ?? '')
      .split(',')
      .join('\n'),
  parse(text) {
    const variables = text
      .split(/\r?\n/)
      .map((line) => line.trim())
      .filter((line) => line !== '');
    const cut = variables.find((variable) => variable.includes(','));
    if (cut !== undefined)
      return { error: `"${cut}" holds a comma, and Dkron ends the variable there` };
    const wrong = variables.find((variable) => !/^[^=]+=/.test(variable));
    if (wrong !== undefined) return { error: `"${wrong}" is not a variable: write NAME=value` };
    return { value: variables.join(',') };
  },
};
