import { parseJson } from '../json/numbers.ts';
import type { Reply } from './wire.ts';

/** As much of a server's own words as a sentence has room for. */
const longest = 500;

/**
 * The reason that a server gives in the body of its answer, as a part of a sentence: the text of a
 * page's title, of a JSON message, or as it is; on one line, cut where it is long, without what
 * the address keeps secret. "" where it gives none.
 */
export function serverWords(reply: Reply, text: string): string {
  const words = reply.conceal(reasonIn(text).slice(0, 200 * longest));
  const line = words.replaceAll(/\s+/g, ' ').trim();
  return line.length > longest ? `${line.slice(0, longest).toWellFormed()}…` : line;
}

function reasonIn(text: string): string {
  if (/^\s*</.test(text)) return /<title[^>]*>([^<]*)/i.exec(text)?.[1] ?? '';
  if (!/^\s*["{]/.test(text)) return text === 'null' ? '' : text;
  return jsonReason(jsonOf(text)) ?? text;
}

function jsonReason(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  if (typeof value !== 'object' || value === null) return undefined;
  for (const key of ['message', 'error', 'detail', 'reason']) {
    const reason = jsonReason((value as Record<string, unknown>)[key]);
    if (reason !== undefined) return reason;
  }
  return undefined;
}

/** The JSON of a short text; undefined for anything else. */
export function jsonOf(text: string): unknown {
  try {
    return text.length > 100_000 ? undefined : parseJson(text);
  } catch {
    return undefined;
  }
}
