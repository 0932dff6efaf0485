/**
 * Names of months and days as they are shown, without Intl: its first object takes a start 10 ms, and each
 * further one a tenth of one.
 */
export const months = [
  ...['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun'],
  ...['Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'],
] as const;
export const weekdays = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'] as const;

/** Of a date in UTC. */
export const monthOf = (date: Date): string => months[date.getUTCMonth()]!;

/** `Tue 24 Nov`, of a date in UTC. */
export const dayText = (date: Date): string =>
  `${weekdays[date.getUTCDay()]!} ${date.getUTCDate()} ${monthOf(date)}`;
