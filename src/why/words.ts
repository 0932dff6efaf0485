/** What may be why a job fails, in words: the same on the screen and in the command. */
import { counted } from '../base/counted.ts';
import { rosterWords } from '../oversight/roster.ts';
import { shortSpan } from '../view/short.ts';
import { changesText, stepWord, whenText } from '../view/step.ts';
import type { Event } from './events.ts';
import type { Incident } from './incident.ts';
import type { Relation } from './relatives.ts';
import type { Why } from './why.ts';

/** How an instant is told, ms since the epoch. */
export type Clock = (at: number) => string;

/** Since when it fails, and when it went well last. */
export function incidentWords(
  { since, exact, lastGood, failures, until }: Incident,
  clock: Clock,
): string {
  const least = exact ? '' : 'at least ';
  const often = failures === 1 ? `${least}one firing` : `${least}${failures} firings in a row`;
  const began = exact ? clock(since) : `${clock(since)} at the latest`;
  const fails =
    until === null
      ? `fails since ${began}, ${often}`
      : `failed from ${began} to ${clock(until)}, ${often}`;
  return lastGood === null
    ? `${fails}; no good run before it is known`
    : `${fails}; went well before at ${clock(lastGood)}`;
}

const relations: Readonly<Record<Relation, string>> = {
  itself: '',
  parent: ' (parent)',
  host: ' (same host)',
};

/** How long before the first failure, or after it. */
export function distance(event: Event, { since }: Incident): string {
  if (event.kind === 'failing') return 'since then';
  const { after, by } = event.kind === 'nodes' ? event.change : event.step;
  if (after === by) return shortSpan(since - by);
  const least = shortSpan(Math.max(0, since - by));
  return after === null ? `≥ ${least}` : `${least} – ${shortSpan(since - after)}`;
}

/** Who it is about; empty for the whole cluster. */
export const subject = (event: Event): string =>
  event.kind === 'nodes'
    ? ''
    : `${event.job}${event.relation === null ? '' : relations[event.relation]}`;

/** When it was: the moment, or the two between which it was. */
export const whenWords = (event: Event, clock: Clock): string =>
  event.kind === 'failing'
    ? clock(event.at)
    : whenText(event.kind === 'edit' ? event.step : event.change, clock);

/** What happened, in one line; `clock` tells a time. */
export function eventWords(event: Event, { since, lastGood }: Incident, clock: Clock): string {
  switch (event.kind) {
    case 'nodes':
      return `${rosterWords(event.change)}${after(event.at, since)}`;
    case 'failing':
      return event.lastGood === null
        ? `fails too, last at ${clock(event.at)}; it never went well`
        : `fails too, last at ${clock(event.at)}; it went well at ${clock(event.lastGood)}`;
    case 'edit': {
      const { step, changes } = event;
      const what = step.kind === 'changed' ? changesText(changes) : '';
      const who = step.who === null ? '' : ` by ${step.who}`;
      const before =
        lastGood !== null && step.by + doubt < lastGood ? ', and it went well after that' : '';
      return `${stepWord(step)}${who}${what === '' ? '' : `: ${what}`}${after(step.by, since)}${before}`;
    }
  }
}

/** What was seen only later may have come later. */
const after = (by: number, since: number): string =>
  by > since ? ', perhaps only after the first failure' : '';

/** The journal has the moment before the change was sent: a run that began so soon after it proves nothing, ms. */
const doubt = 10_000;

/** Where nothing is listed: what that means. */
export const nothingWords = ({ snapshots, sameHost }: Why): string =>
  `nothing is known to have changed in the day before it, by ${counted(snapshots, 'snapshot')}, the journal and the looks of this machine (nodes and leaders, the job, its parents${sameHost === 0 ? '' : `, ${counted(sameHost, 'job')} of the same host`})`;

/** What was not looked at, or left out. */
export const gapWords = ({ gaps, more }: Why): readonly string[] => [
  ...gaps.map((gap) => `not known: ${gap}`),
  ...(more === 0 ? [] : [`${more} more are left out`]),
];
