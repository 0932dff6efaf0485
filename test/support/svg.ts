/** A captured screen as a picture, for the README and for looking at what a test saw. */
import type { IBufferCell } from '@xterm/headless';
import type { Screen } from './screen.ts';

const cellWidth = 8.4;
const cellHeight = 18;
const margin = 12;
const foreground = '#d8dee9';
const background = '#1b2028';

/** The sixteen named colours, then xterm's cube of 6 × 6 × 6 and its greys. */
const named = [
  ['#2e3440', '#e06c75', '#98c379', '#e5c07b', '#61afef', '#c678dd', '#56b6c2', '#c8ccd4'],
  ['#7f8896', '#f28b93', '#b5e08f', '#f5d08b', '#8cc8ff', '#dfa0f0', '#7fd3dd', '#ffffff'],
].flat();

interface Style {
  readonly ink: string;
  readonly paper: string;
  readonly look: string;
}

interface Run extends Style {
  readonly column: number;
  readonly cells: number;
  readonly text: string;
}

/** The screen as it is now, as an SVG document that needs nothing else. */
export function svgOf(screen: Screen): string {
  const width = screen.cols * cellWidth + 2 * margin;
  const height = screen.rows * cellHeight + 2 * margin;
  const rows = Array.from({ length: screen.rows }, (_, row) =>
    runsOf(screen, row).map((run) => draw(run, row)),
  );
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${round(width)} ${round(height)}" font-family="ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace" font-size="14" xml:space="preserve">`,
    `<rect width="100%" height="100%" rx="8" fill="${background}"/>`,
    ...rows.flat().filter((element) => element !== ''),
    '</svg>\n',
  ].join('\n');
}

/** Neighbouring cells of one style, so that a row is a few elements and not a hundred. */
function runsOf(screen: Screen, row: number): Run[] {
  const runs: Run[] = [];
  for (let column = 0; column < screen.cols; column += 1) {
    const cell = screen.cell(column, row);
    if (cell === undefined || cell.getWidth() === 0) continue;
    const style = styleOf(cell);
    const text = cell.getChars() || ' ';
    const last = runs.at(-1);
    const same =
      last && (['ink', 'paper', 'look'] as const).every((key) => last[key] === style[key]);
    if (same)
      runs[runs.length - 1] = {
        ...last,
        cells: last.cells + cell.getWidth(),
        text: last.text + text,
      };
    else runs.push({ ...style, column, cells: cell.getWidth(), text });
  }
  return runs;
}

function styleOf(cell: IBufferCell): Style {
  const ink = cell.isFgDefault() ? foreground : colour(cell.isFgRGB(), cell.getFgColor());
  const paper = cell.isBgDefault() ? background : colour(cell.isBgRGB(), cell.getBgColor());
  const look = [
    cell.isBold() && 'font-weight="bold"',
    cell.isItalic() && 'font-style="italic"',
    cell.isUnderline() && 'text-decoration="underline"',
    cell.isDim() && 'opacity="0.6"',
  ].filter(Boolean);
  const [front, back] = cell.isInverse() ? [paper, ink] : [ink, paper];
  return { ink: front, paper: back, look: look.join(' ') };
}

function draw(run: Run, row: number): string {
  const x = round(margin + run.column * cellWidth);
  const y = margin + row * cellHeight;
  const width = round(run.cells * cellWidth);
  const paper =
    run.paper === background
      ? ''
      : `<rect x="${x}" y="${y}" width="${width}" height="${cellHeight}" fill="${run.paper}"/>`;
  const text = run.text.trimEnd();
  if (text === '') return paper;
  const length = round((run.cells - (run.text.length - text.length)) * cellWidth);
  return `${paper}<text x="${x}" y="${y + 13.5}" fill="${run.ink}" textLength="${length}" lengthAdjust="spacingAndGlyphs" ${run.look}>${escapeXml(text)}</text>`;
}

function colour(isRgb: boolean, value: number): string {
  if (isRgb) return hex(value >> 16, (value >> 8) & 255, value & 255);
  if (value < 16) return named[value]!;
  const grey = 8 + (value - 232) * 10;
  if (value > 231) return hex(grey, grey, grey);
  const level = (step: number) => (step === 0 ? 0 : 55 + step * 40);
  const cube = value - 16;
  return hex(level(Math.floor(cube / 36)), level(Math.floor(cube / 6) % 6), level(cube % 6));
}

function hex(red: number, green: number, blue: number): string {
  return `#${[red, green, blue].map((part) => part.toString(16).padStart(2, '0')).join('')}`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
