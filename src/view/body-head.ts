/** The head of a body, among the details of its job. */
import { counted } from '../base/counted.ts';
import { isJson } from '../json/check.ts';
import { type OverLines, overLines } from '../json/over-lines.ts';
import { cleanLines } from '../terminal/cell.ts';
import { type Line, plain, quiet } from './line.ts';
import { memoEach } from './memo.ts';

/** Bodies may be large, and one goes from one to the next and back. */
const remembered = 4;

/** In so many rows at most; `b` shows all of it. Only what shows is laid out, and not anew each second. */
export const bodyHead = (body: string, rows: number): readonly Line[] => heads(body, body, rows);

const heads = memoEach(remembered, (body: string, rows: number): readonly Line[] => {
  if (body === '') return [[quiet('none')]];
  const { lines, count } = headOf(body, rows);
  const shown = lines.map((line): Line => [plain(line)]);
  if (count <= rows) return shown;
  return [...shown.slice(0, rows - 1), [quiet(`… ${counted(count - rows + 1, 'more line')}: b`)]];
});

/** The first lines of what a body is opened as, and how many it has. */
function headOf(body: string, rows: number): OverLines {
  if (!isJson(body)) {
    const lines = cleanLines(body);
    return { lines: lines.slice(0, rows), count: lines.length };
  }
  const { lines, count } = overLines(body, rows);
  // JSON may have line breaks of other kinds in its strings.
  const breaks = body.match(/[\u2028\u2029]/g)?.length ?? 0;
  return { lines: cleanLines(lines.join('\n')).slice(0, rows), count: count + breaks };
}
