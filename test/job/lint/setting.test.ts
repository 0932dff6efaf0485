import { describe, expect, it } from 'vitest';
import type { SettingKind } from '../../../src/job/executors.ts';
import { settingFindings } from '../../../src/job/lint/setting.ts';

describe('the text of a setting', () => {
  it.each<[kind: SettingKind, good: string[], bad: string[]]>([
    ['text', ['', 'any'], []],
    ['script', ['', 'a | b'], []],
    ['flag', ['true', 'F', '1', '0', 'TRUE'], ['yes', 'tRUE', 'true ']],
    ['debug', [], ['true', 'false']],
    ['seconds', ['0', '30', '-5', '+5'], ['1.5', '30s', '1'.repeat(19)]],
    ['count', ['0', '9'.repeat(18)], ['many', ' 1']],
    ['duration', ['1h30m', '0', '1.5s'], ['30', 'soon']],
    [
      'memory',
      ['1', '512MB', '1.5G', '.5k', ' 2 GB '.replace(' G', 'G'), '+7', '8388607TB', '1b', '5bytes'],
      ['0', '.5', '0.0001k', '8388608TB', '-1', '1PB', 'GB', '+1KB'],
    ],
    ['environment', ['A=1', 'A=1,B=', 'a b=c'], ['A', 'A=1,', '=1']],
    ['method', ['GET', 'PURGE'], ['get', 'GET ']],
    ['body', ['a=1', '{"a":1}', ' [1] ', '"x'], ['{"a"', ' [']],
    ['json', ['1', '{"a":1}'], ['', 'a']],
    ['base64', ['', 'YWJj', 'YWI=', 'YQ==', 'YW\r\nJj'], ['YW', 'YWJ', 'YW=j', '====']],
    ['codes', ['200', '200,206', ' 200, 206,'], ['20', '200 ,206', '2000', '200,,206']],
    ['regexp', ['a.b', '/a', 'a/', '/'], ['/a/', '(', '//']],
  ])('of the kind %s', (kind, good, bad) => {
    const found = (value: string) => settingFindings(kind, 'p', value).length;
    expect(good.filter((value) => found(value) > 0)).toEqual([]);
    expect(bad.filter((value) => found(value) !== 1)).toEqual([]);
  });

  it('is told by its place, and by where its JSON breaks', () => {
    expect(settingFindings('json', 'p', '{\n"a"}')).toMatchObject([
      { path: 'p', level: 'warning', text: expect.stringContaining('line 2, column 4: ') },
    ]);
    expect(settingFindings('duration', 'p', 'x')).toMatchObject([{ path: 'p', level: 'error' }]);
  });
});
