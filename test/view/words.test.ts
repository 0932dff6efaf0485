import { expect, it } from 'vitest';
import { rule } from '../../src/view/compose.ts';
import { bold, type Line, plain, quiet, toned } from '../../src/view/line.ts';
import { row } from '../../src/view/table.ts';
import { words } from '../../src/view/words.ts';

it.each<[string, Line, string]>([
  ['nothing', [], ''],
  ['blanks', [plain('   '), plain(' ')], ''],
  ['columns', [plain('nightly   '), plain('  '), plain(' 3m')], 'nightly, 3m'],
  ['words beside each other', [bold(' 12'), quiet(' jobs')], '12 jobs'],
  ['one word in two looks', [plain('na'), bold('me')], 'name'],
  ['what a span holds itself', [plain('echo  a   b')], 'echo  a   b'],
  ['a sign and its word', [toned('✓ success  ', 'ok'), plain('  9m')], 'success, 9m'],
  ['a status of its own sign', [toned('▸ running', 'attention')], 'running'],
  ['a sign alone', [plain('3m '), toned('✗', 'bad')], '3m failed'],
  ['a cell without a value', [plain('name'), plain('  '), quiet('–   ')], 'name, none'],
  ['an error', [toned(' ✗ no such parent', 'bad')], 'error: no such parent'],
  ['a warning', [toned('   ! fires never', 'attention')], 'warning: fires never'],
  ['points between', [bold('42'), quiet(' · '), toned('3 failed', 'bad')], '42, 3 failed'],
  ['a change', [plain('@every 1h → @every 2h')], '@every 1h to @every 2h'],
  ['a difference', [quiet(' retries  '), toned('− 3', 'bad')], 'retries, old: 3'],
  ['its other side', [quiet('          '), toned('+ 5', 'ok')], 'new: 5'],
  ['a rule with a word', rule(30, 'Runs ─ 5 ─ UTC'), 'Runs, 5, UTC'],
  ['a rule', rule(30), ''],
  [
    'an hour of bars',
    [quiet('17:00 '), quiet('·'), plain('▂'), quiet('··'), plain('  207')],
    '17:00, 207',
  ],
  ['bars', [quiet('last 4  '), plain('▁▃'), toned('█▌', 'bad'), quiet('  2s')], 'last 4, 2s'],
  ['carets below a mistake', [toned('      ^^^', 'bad')], ''],
  ['sorted by', [quiet('NAME ▲  '), plain('  '), quiet('STATUS')], 'NAME, STATUS'],
  [
    'the row under the cursor',
    row([plain('nightly'), plain('  '), plain('3m')], { cursor: true, marked: true, columns: 30 }),
    'marked nightly, 3m',
  ],
  ['a question with its keys', [bold(' Really?   '), plain('y')], 'Really? y'],
])('%s', (_, line, expected) => {
  expect(words(line)).toBe(expected);
});
