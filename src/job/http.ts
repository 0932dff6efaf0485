/** The http executor's configuration (Dkron plugin/http/http.go): every value of it is a string. */

import { isJson } from '../json/check.ts';
import { type Header, readHeaders } from './headers.ts';
import type { Job } from './job.ts';

export interface HttpRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: readonly Header[];
  /** False when `headers` is no JSON array of strings: Dkron then sends none, and it is one here. */
  readonly headersValid: boolean;
  readonly body: string;
  readonly bodyKind: 'none' | 'json' | 'text';
  /** `200,206`; empty takes any answer for a success. */
  readonly expectCode: string;
  /** A Go regular expression; empty takes any body. */
  readonly expectBody: string;
  /** Seconds; Dkron's default is 30. */
  readonly timeout: number;
  /** Prints the whole configuration, secrets included, into the output. */
  readonly debug: boolean;
}

export function httpRequest(job: Job): HttpRequest {
  const config = job.executor_config ?? {};
  const text = (key: string): string => config[key] ?? '';
  const headers = readHeaders(text('headers'));
  const body = text('body');
  return {
    method: text('method'),
    url: text('url'),
    headers: headers ?? [{ name: '', value: text('headers') }],
    headersValid: headers !== null,
    body,
    bodyKind: body === '' ? 'none' : isJson(body) ? 'json' : 'text',
    expectCode: text('expectCode'),
    expectBody: text('expectBody'),
    timeout: Number.parseInt(text('timeout'), 10) || 30,
    debug: text('debug') !== '',
  };
}

/** `POST http://…` for http, the command for shell, the executor's name for others. */
export function targetText(job: Job): string {
  if (job.executor === 'http') {
    const { method, url } = httpRequest(job);
    return `${method} ${url}`;
  }
  return job.executor_config?.['command'] ?? job.executor;
}
