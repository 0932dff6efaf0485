/**
 * restic's rules once more, in the words of its manual instead of those of its program: for each rule, which
 * snapshots it holds, by periods; not one pass over all of them with counters.
 */
export type Spans = Readonly<Record<'y' | 'm' | 'd' | 'h', number>>;

export interface Rules {
  readonly counts: Readonly<Record<string, number>>;
  readonly within: Readonly<Record<string, Spans | null>>;
}

const two = (value: number): string => String(value).padStart(2, '0');

/** The number of the week by the ordinal day (ISO 8601): (ordinal - weekday + 10) / 7. */
function week(date: Date): string {
  const year = date.getUTCFullYear();
  const ordinal = Math.round((startOfDay(date) - Date.UTC(year, 0, 1)) / 86_400_000) + 1;
  const weekday = date.getUTCDay() || 7;
  const number = Math.floor((ordinal - weekday + 10) / 7);
  if (number < 1) return `${year - 1}-W${weeksOf(year - 1)}`;
  return number > weeksOf(year) ? `${year + 1}-W1` : `${year}-W${number}`;
}
const startOfDay = (date: Date): number =>
  Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate());
/** 53 where it begins on a Thursday, or on a Wednesday in a leap year. */
function weeksOf(year: number): number {
  const first = new Date(Date.UTC(year, 0, 1)).getUTCDay();
  const leap = new Date(Date.UTC(year, 1, 29)).getUTCMonth() === 1;
  return first === 4 || (first === 3 && leap) ? 53 : 52;
}

const periodOf: Readonly<Record<string, (date: Date) => string>> = {
  hourly: (date) => `${periodOf.daily!(date)} ${date.getUTCHours()}`,
  daily: (date) => `${periodOf.monthly!(date)}-${two(date.getUTCDate())}`,
  weekly: week,
  monthly: (date) => `${date.getUTCFullYear()}-${two(date.getUTCMonth() + 1)}`,
  yearly: (date) => String(date.getUTCFullYear()),
};

/** Go's AddDate, then the hours. */
function back(from: number, { y, m, d, h }: Spans): number {
  const date = new Date(from);
  const rest = from - startOfDay(date);
  return (
    Date.UTC(date.getUTCFullYear() - y, date.getUTCMonth() - m, date.getUTCDate() - d) +
    rest -
    h * 3_600_000
  );
}

/** The places, in a list from the newest on, of those that stay. */
export function keptOf(newestFirst: readonly number[], rules: Rules, now: number): Set<number> {
  const all = newestFirst.map((taken, at) => ({ at, date: new Date(taken), taken }));
  const past = newestFirst.filter((taken) => taken < now);
  const latest = past.length === 0 ? null : Math.max(...past);
  const kept = new Set<number>();

  /** Of runs of one period the first of each; with room left, also the oldest of all. */
  function hold(among: typeof all, period: string, most: number): void {
    const key = periodOf[period]!;
    const firsts = among.filter(
      ({ date }, place) => place === 0 || key(date) !== key(among[place - 1]!.date),
    );
    for (const { at } of firsts.slice(0, most)) kept.add(at);
    const oldest = all.at(-1);
    if (firsts.length < most && oldest !== undefined && among.at(-1) === oldest)
      kept.add(oldest.at);
  }

  for (const [rule, count] of Object.entries(rules.counts)) {
    const most = count === -1 ? Number.POSITIVE_INFINITY : count;
    if (rule === 'last') for (const { at } of all.slice(0, most)) kept.add(at);
    else hold(all, rule, most);
  }
  for (const [rule, spans] of Object.entries(rules.within)) {
    if (spans === null || Object.values(spans).every((value) => value === 0)) continue;
    const since = latest === null ? null : back(latest, spans);
    const young = all.filter(({ taken }) => since === null || taken > since);
    if (rule === 'within') for (const { at } of young) kept.add(at);
    else hold(young, rule.slice('within-'.length), Number.POSITIVE_INFINITY);
  }
  return kept;
}
