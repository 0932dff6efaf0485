import { applyEdits, format } from 'jsonc-parser';
import type { Job } from './job.ts';

export interface HttpRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: readonly { readonly name: string; readonly value: string }[];
  /** As Dkron stores and sends it. */
  readonly body: string;
}

/**
 * The request of a job with executor `http`. Headers are stored as a JSON array of `Name: value`
 * strings; what is not that is shown as one header without a name.
 */
export function httpRequest(job: Job): HttpRequest {
  const { method = '', url = '', headers = '', body = '' } = job.executor_config ?? {};
  return { method, url, headers: readHeaders(headers), body };
}

function readHeaders(text: string): HttpRequest['headers'] {
  if (text.trim() === '') return [];
  try {
    const list: unknown = JSON.parse(text);
    if (Array.isArray(list)) return list.map((line) => header(String(line)));
  } catch {
    // Dkron sends the request without headers then; the text is shown as it stands.
  }
  return [{ name: '', value: text }];
}

function header(line: string): HttpRequest['headers'][number] {
  const colon = line.indexOf(':');
  return colon < 0
    ? { name: line, value: '' }
    : { name: line.slice(0, colon), value: line.slice(colon + 1).trim() };
}

/** The body laid out when it is JSON: key order, number spelling and duplicate keys stay. */
export function prettyBody(body: string): string {
  try {
    JSON.parse(body);
  } catch {
    return body;
  }
  return applyEdits(body, format(body, undefined, { insertSpaces: true, tabSize: 2, eol: '\n' }));
}
