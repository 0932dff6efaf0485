/** One line of a view. Rows are compared by what they show: what stays the same is not drawn again. */
import { Box, Text } from 'ink';
import { memo } from 'react';
import type { Line, Span } from '../view/line.ts';
import type { Theme } from '../view/theme.ts';
import { compact } from './compact.ts';
import { propsOf } from './props.ts';

interface Props {
  readonly line: Line;
  readonly theme: Theme;
}

const sameSpan = (a: Span, b: Span | undefined): boolean =>
  b !== undefined &&
  a.text === b.text &&
  a.tone === b.tone &&
  a.bold === b.bold &&
  a.inverse === b.inverse &&
  a.badge === b.badge;

const same = (before: Props, after: Props): boolean =>
  before.theme === after.theme &&
  before.line.length === after.line.length &&
  before.line.every((span, at) => sameSpan(span, after.line[at]));

export const LineView = memo(function LineView({ line, theme }: Props) {
  return (
    <Box height={1} flexShrink={0}>
      {compact(line).map((span, at) => (
        // Spans have no identity but their place.
        // biome-ignore lint/suspicious/noArrayIndexKey: see above
        <Text key={at} wrap="truncate" {...propsOf(theme(span))}>
          {span.text}
        </Text>
      ))}
    </Box>
  );
}, same);
