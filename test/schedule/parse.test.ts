import { describe, expect, it } from 'vitest';
import { parseSchedule, withoutPrefix } from '../../src/schedule/parse.ts';

const errorOf = (spec: string, context = {}): string => {
  const parsed = parseSchedule(spec, context);
  return parsed.valid ? 'valid' : withoutPrefix(parsed.error);
};

/** The part of the schedule that an error points at. */
const markedIn = (spec: string, context = {}) => {
  const parsed = parseSchedule(spec, context);
  if (parsed.valid || !parsed.where) return undefined;
  const { start, end, field } = parsed.where;
  return [spec.slice(start, end), field];
};

describe('the place of an error', () => {
  it.each([
    ['0 60 * * * *', '60', 1],
    ['0 5,60,7 * * * *', '60', 1],
    ['TZ=UTC  0 0 12 L * *', 'L', 3],
    ['0 0 ~ ~/0 * x', '~/0', 3],
    ['0 ~ * * * x-1', 'x-1', 5],
    ['0 0 12 * * * 2030', '2030', undefined],
    ['0 0 12 * *', '0 0 12 * *', undefined],
    ['TZ=Nope 0 0 12 * * *', 'Nope', undefined],
    ['@every 5x', '5x', undefined],
    ['@weekdays', '@weekdays', undefined],
    ['CRON_TZ=UTC  @every 5x', '5x', undefined],
    ['@at 2030-02-30T00:00:00Z', '2030-02-30T00:00:00Z', undefined],
    ['@after 2030-02-20T00:00:00Z PT1H', 'PT1H', undefined],
    ['@after tomorrow <PT1H', 'tomorrow', undefined],
  ])('%s', (spec, part, field) => {
    expect(markedIn(spec, { name: 'job' })).toEqual([part, field]);
  });

  it('is nowhere in the schedule when the job’s time zone is at fault', () => {
    expect(parseSchedule('@daily', { timezone: 'Nope' })).toMatchObject({
      valid: false,
      error: 'unknown time zone Nope',
      where: undefined,
    });
  });
});

describe('versions', () => {
  it.each([
    ['0 ~ * * * *', '4.0.0-rc1', 'valid'],
    ['0 ~ * * * *', 'v4.0.0', 'valid'],
    [
      '0 ~ * * * *',
      '4.0.0-beta6',
      'failed to parse int from ~: strconv.Atoi: parsing "~": invalid syntax',
    ],
    ['@minutely', '3.1.7', 'valid'],
    ['@minutely', '3.1.10', 'valid'],
    ['@minutely', '3.1.6', 'unrecognized descriptor: @minutely'],
    ['@after 2030-01-01T00:00:00Z <PT1H', '4.1.1', 'valid'],
    [
      '@after 2030-01-01T00:00:00Z <PT1H',
      '4.1.0',
      'unrecognized descriptor: @after 2030-01-01T00:00:00Z <PT1H',
    ],
  ])('%s in %s: %s', (spec, version, error) => {
    expect(errorOf(spec, { version })).toBe(error);
  });
});

describe('what only some jobs may have', () => {
  it('lets a child job do without a schedule', () => {
    expect(errorOf('')).toBe('empty spec string');
    expect(parseSchedule('', { hasParent: true })).toMatchObject({
      valid: true,
      schedule: { kind: 'manually' },
    });
  });

  it('says in a sentence of ours where Dkron crashes', () => {
    for (const spec of ['TZ=UTC', 'CRON_TZ=', 'TZ=UTC\t0\t0\t12\t*\t*\t*'])
      expect(parseSchedule(spec)).toMatchObject({
        valid: false,
        panics: true,
        error: expect.stringContaining('needs a space'),
      });
  });
});

describe('texts of Go', () => {
  it.each([
    // strconv.Quote prints what Go calls printable, and escapes the rest.
    ['\x07\x7f\u00ad\u{e0001}é𝒶 * * * * *', 'parsing "\\a\\x7f\\u00ad\\U000e0001é𝒶"'],
    // The time package quotes bytes.
    ['@every é5m', 'time: invalid duration "\\xc3\\xa95m"'],
    // Digits are read from the left until something is wrong.
    ['99999999999999999999x 0 0 * * *', 'value out of range'],
    ['18446744073709551615x 0 0 * * *', 'invalid syntax'],
    ['*/-9223372036854775809 0 0 * * *', 'value out of range'],
    ['*/-0 0 0 * * *', 'step of range should be a positive number: */-0'],
    ['TZ=America 0 0 0 * * *', 'provided bad location America: is a directory'],
    ['@at 2030-01-01T00:00:00+25:x1', 'time zone offset hour out of range'],
    ['@at 2030-01-01T00:00:00+25:61', 'time zone offset minute out of range'],
    ['@after 2030-01-01T00:00:00Z <P99999999999999999999Y', 'invalid year value'],
  ])('%j', (spec, text) => {
    expect(errorOf(spec)).toContain(text);
  });

  it('reads a lone surrogate as Go’s JSON does', () => {
    expect(errorOf('\ud800 0 0 * * *')).toContain('failed to parse int from \ufffd');
  });
});
