/** The same frames as Ink itself lays out, colours and writes them: what our painter is held against. */
import { EventEmitter } from 'node:events';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { Box, render, Text, useCursor } from 'ink';
import type { Frame } from '../../src/console/frame/frame.ts';
import { width } from '../../src/terminal/cell.ts';
import type { Line, Span } from '../../src/view/line.ts';
import type { Colour, Look, Theme } from '../../src/view/theme.ts';
import { Paper } from './sheet.ts';

interface Size {
  readonly columns: number;
  readonly rows: number;
}

/** A terminal of that size with an Ink of its own that shows frames on it. */
export function inkOn({ columns, rows }: Size, theme: Theme) {
  const paper = new Paper(columns, rows);
  const stdout = Object.assign(new EventEmitter(), {
    isTTY: true,
    columns,
    rows,
    // As a terminal's driver does, also in raw mode.
    write: (text: string, done?: () => void) => {
      paper.write(text.replaceAll(/\r?\n/g, '\r\n'), done);
      return true;
    },
  });
  const app = (frame: Frame) => <Drawn {...{ frame, theme, columns, rows }} />;
  const ink = render(app({ lines: [] }), {
    stdout: stdout as unknown as NodeJS.WriteStream,
    alternateScreen: true,
    incrementalRendering: true,
    interactive: true,
    patchConsole: false,
    exitOnCtrlC: false,
    maxFps: 1_000,
  });
  return {
    paper,
    async show(frame: Frame): Promise<void> {
      ink.rerender(app(frame));
      await ink.waitUntilRenderFlush();
      await paper.dried();
    },
    close: () => ink.unmount(),
  };
}

interface Props extends Size {
  readonly frame: Frame;
  readonly theme: Theme;
}

function Drawn({ frame, theme, columns, rows }: Props) {
  useCursor().setCursorPosition(frame.cursor);
  return (
    <Box width={columns} height={rows} overflow="hidden" flexDirection="column">
      {frame.lines.map((line, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows of the screen are their own identity
        <Box key={at} height={1} flexShrink={0}>
          {withoutEnd(line).map((span, place) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: spans have no identity but their place
            <Text key={place} wrap="truncate" {...propsOf(theme(span))}>
              {span.text}
            </Text>
          ))}
        </Box>
      ))}
    </Box>
  );
}

/**
 * Blanks at the end show nothing, unless they are part of a bar or of a badge. Marks with no letter
 * to stand on take no room.
 */
function withoutEnd(line: Line): readonly Span[] {
  const spans = line.filter(({ text }) => width(text) > 0);
  for (let last = spans.pop(); last !== undefined; last = spans.pop()) {
    const text = last.inverse || last.badge ? last.text : last.text.trimEnd();
    if (text !== '') return [...spans, { ...last, text }];
  }
  return [];
}

const propsOf = ({ fg, bg, dim, ...look }: Look) => ({
  ...look,
  ...(dim ? { dimColor: dim } : {}),
  ...(fg === undefined ? {} : { color: named(fg) }),
  ...(bg === undefined ? {} : { backgroundColor: named(bg) }),
});

const names = ['black', 'red', 'green', 'yellow', 'blue', 'magenta', 'cyan', 'white'];

const named = (colour: Colour): string =>
  colour < 16 ? `${names[colour % 8]}${colour < 8 ? '' : 'Bright'}` : `ansi256(${colour})`;

/** Ink's own, which thinks that a test has no colours. */
const { default: chalk } = (await import(
  pathToFileURL(createRequire(import.meta.resolve('ink')).resolve('chalk')).href
)) as { default: { level: number } };
chalk.level = 2;
