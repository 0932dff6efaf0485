import { bytesOf, quote } from './go-time.ts';

/** Go's time.ParseDuration, its overflows, its float fractions and its error texts included. */

const units = new Map<string, bigint>([
  ['ns', 1n],
  ['us', 1_000n],
  [bytesOf('\u00b5s'), 1_000n], // the micro sign
  [bytesOf('\u03bcs'), 1_000n], // the Greek letter
  ['ms', 1_000_000n],
  ['s', 1_000_000_000n],
  ['m', 60_000_000_000n],
  ['h', 3_600_000_000_000n],
]);

const limit = 2n ** 63n;

/** Nanoseconds, or the error's text. */
export function parseGoDuration(text: string): { nanos: bigint } | { error: string } {
  const original = bytesOf(text);
  const negative = original.startsWith('-');
  const invalid = { error: `time: invalid duration ${quote(original)}` };
  let rest = original.replace(/^[+-]/, '');
  if (rest === '0') return { nanos: 0n };
  if (rest === '') return invalid;
  let total = 0n;
  while (rest !== '') {
    const [, whole = '', dot = '', fraction = ''] = /^(\d*)(\.?)(\d*)/.exec(rest) ?? [];
    if (whole === '' && fraction === '') return invalid;
    // Go gives up on a whole part this large before it has seen the unit.
    if (BigInt(whole || 0) > limit) return invalid;
    rest = rest.slice(whole.length + dot.length + fraction.length);
    const name = /^[^.\d]*/.exec(rest)?.[0] ?? '';
    if (name === '') return { error: `time: missing unit in duration ${quote(original)}` };
    const unit = units.get(name);
    if (unit === undefined)
      return { error: `time: unknown unit ${quote(name)} in duration ${quote(original)}` };
    const part = BigInt(whole || 0) * unit + fractionOf(fraction, unit);
    if (BigInt(whole || 0) > limit / unit || part > limit) return invalid;
    total = BigInt.asUintN(64, total + part);
    if (total > limit) return invalid;
    rest = rest.slice(name.length);
  }
  if (negative) return { nanos: -total };
  return total === limit ? invalid : { nanos: total };
}

/** Digits that no longer fit 63 bits are dropped; the rest is a float64, so .9999999999999999 s is 1 s. */
function fractionOf(digits: string, unit: bigint): bigint {
  let value = 0n;
  let scale = 1;
  for (const digit of digits) {
    if (value > (limit - 1n) / 10n) break;
    const longer = value * 10n + BigInt(digit);
    if (longer > limit) break;
    value = longer;
    scale *= 10;
  }
  return BigInt(Math.trunc(Number(value) * (Number(unit) / scale)));
}

/** `1h30m`, `45s`, `36h`: a duration of whole seconds as an operator writes it. */
export function durationText(seconds: number): string {
  const parts: [number, string][] = [
    [Math.floor(seconds / 3600), 'h'],
    [Math.floor(seconds / 60) % 60, 'm'],
    [seconds % 60, 's'],
  ];
  return parts.flatMap(([value, unit]) => (value > 0 ? [`${value}${unit}`] : [])).join('') || '0s';
}
