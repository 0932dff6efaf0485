/** What an operator may choose of how things look, on the command line and in the config file. */

/** What they look like is in view/theme.ts; the default first. */
export const themeNames = [
  'auto',
  '16-colors',
  'light',
  'dark',
  'high-contrast',
  'color-blind',
  'mono',
] as const;
export type ThemeName = (typeof themeNames)[number];

export const isThemeName = (text: string): text is ThemeName =>
  themeNames.some((name) => name === text);

/** How a console makes itself heard, the default first: nothing, the bell, or a message of the desktop (OSC 9). */
export const noticeNames = ['none', 'bell', 'osc9'] as const;
export type NoticeName = (typeof noticeNames)[number];

/** What a cluster may be marked with, so that none is taken for another. */
export const badgeColours = ['red', 'yellow', 'green', 'blue', 'magenta', 'cyan', 'gray'] as const;
export type BadgeColour = (typeof badgeColours)[number];
