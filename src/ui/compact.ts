import type { Line, Span } from '../view/line.ts';

/**
 * The same line in as few spans as it has looks, without blanks at its end: every span costs the
 * terminal the codes that switch its look on and off.
 */
export function compact(line: Line): Line {
  const merged: Span[] = [];
  for (const span of line) {
    const before = merged.at(-1);
    if (span.text === '') continue;
    if (before !== undefined && sameLook(before, span))
      merged[merged.length - 1] = { ...before, text: before.text + span.text };
    else merged.push(span);
  }
  for (let last = merged.pop(); last !== undefined; last = merged.pop()) {
    const text = last.inverse || last.badge ? last.text : last.text.trimEnd();
    if (text !== '') return [...merged, { ...last, text }];
  }
  return [];
}

const sameLook = (a: Span, b: Span): boolean =>
  (a.tone ?? 'plain') === (b.tone ?? 'plain') &&
  (a.bold ?? false) === (b.bold ?? false) &&
  (a.inverse ?? false) === (b.inverse ?? false) &&
  a.badge === b.badge;
