/** What other crons can say and no schedule of Dkron's can, in words. */
import type { Counting } from './crontab-field.ts';
import { dayNames, type FieldName, fieldKinds } from './field.ts';

/** Letters that are part of a name do not count. */
const anyName = new RegExp([...fieldKinds.month.names, ...dayNames].join('|'), 'gi');

const days = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const ordinals = ['first', 'second', 'third', 'fourth', 'fifth'];

/** Why Dkron cannot say a field; undefined where nothing of that kind stands in it. */
export function lackOf(field: string, name: FieldName, counting: Counting): string | undefined {
  const letters = field.replace(anyName, '');
  if (/W/i.test(letters))
    return `Dkron has no W: it cannot express the working day nearest to one (${field})`;
  if (/[HR]/i.test(letters))
    return `Dkron has no H (${field}): its ~ is a number made of the job's name too, but another one`;
  if (field.includes('~'))
    return `Dkron's ~ is a number made of the job's name, not a random one in a range (${field})`;
  if (name === 'dow' && field.includes('#')) return nthDay(field, counting);
  if (name === 'dow' && /L/i.test(letters)) return lastDay(field, counting);
  if (name === 'dom' && /L./i.test(letters))
    return `Dkron has no L: it cannot count from the end of a month (${field})`;
  return undefined;
}

/** `1#1`, `FRI#2`; of a list, the first such item is told. */
function nthDay(field: string, counting: Counting): string {
  const [, day = '', nth = ''] = /([^,#]*)#([^,]*)/.exec(field) ?? [];
  const [dayText, nthText] = [dayName(day, counting), ordinals[Number(nth) - 1]];
  if (dayText === undefined || nthText === undefined)
    return `no cron knows this: ${day}#${nth} is not a day of a month`;
  return `Dkron has no #: it cannot express the ${nthText} ${dayText} of a month (${field})`;
}

function lastDay(field: string, counting: Counting): string {
  const [, day = ''] = /([^,]*)L/i.exec(field) ?? [];
  const text = dayName(day, counting);
  if (field.toUpperCase() === 'L') return `Dkron has no L for a day of the week (${field})`;
  if (text === undefined) return `no cron knows this: ${field} is not a day of the week`;
  return `Dkron has no L: it cannot express the last ${text} of a month (${field})`;
}

function dayName(text: string, counting: Counting): string | undefined {
  const named = dayNames.indexOf(text.toLowerCase());
  if (named >= 0) return days[named];
  if (!/^\d$/.test(text)) return undefined;
  const number = Number(text);
  return counting === 'quartz' ? days[number - 1] : number === 7 ? days[0] : days[number];
}
