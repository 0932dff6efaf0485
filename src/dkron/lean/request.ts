/** A request of HTTP/1.1 as its bytes. */
import type { Dispatcher } from 'undici';
import { coded } from '../coded.ts';

/** Throws where it could not be told from another request. */
export function bytesOf(
  { method, path, headers, body }: Dispatcher.DispatchOptions,
  host: string,
): Buffer {
  if (/[^!-~]/.test(path)) throw coded('UND_ERR_INVALID_ARG');
  const given = { connection: 'keep-alive', ...(headers as Readonly<Record<string, string>>) };
  const content = Buffer.from((body as string | null) ?? '');
  const lines = [
    `${method} ${path} HTTP/1.1`,
    `host: ${host}`,
    ...Object.entries(given).map(([name, value]) => headerLine(name, value)),
    // As a browser: not with what never has a body.
    ...(content.length > 0 || method === 'POST' ? [`content-length: ${content.length}`] : []),
  ];
  return Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1'), content]);
}

function headerLine(name: string, value: string): string {
  if (/[^!#$%&'*+.^_`|~\w-]/.test(name) || /[^\t -~\x80-\xff]/.test(value))
    throw coded('UND_ERR_INVALID_ARG');
  return `${name}: ${value}`;
}
