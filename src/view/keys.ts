/** Keys as they are printed: `↵`, `space`, `ctrl-r`. */

const labels: Readonly<Record<string, string>> = {
  enter: '↵',
  up: '↑',
  down: '↓',
  left: '←',
  right: '→',
  pageup: 'PgUp',
  pagedown: 'PgDn',
  home: 'Home',
  end: 'End',
  'shift-up': 'shift-↑',
  'shift-down': 'shift-↓',
  'shift-left': 'shift-←',
  'shift-right': 'shift-→',
};

export const keyLabel = (key: string): string => labels[key] ?? key;
