/** What a log may not hold, taken out of all that a console hears. */

import { withoutEnd } from '../../base/trimmed.ts';
import { withoutUserinfo } from '../../base/userinfo.ts';
import { conceal } from '../../dkron/secrets.ts';
import type { FieldChange } from '../../job/compare.ts';
import type { Job, JobText } from '../../job/job.ts';
import { veilingOf, veilJobText, veilText } from '../../job/veil.ts';
import { parseJson, stringifyJson } from '../../json/numbers.ts';

export interface Veil {
  /** A job's text. */
  entry(entry: JobText): string;
  job(job: Job): Job;
  /** A job's text, or what stands in its place. */
  definition(text: string): string;
  /** A value of a job with this executor, named as in a diff. */
  value(executor: string, keys: readonly string[], text: string): string;
  /** All of it is secret: an output, a draft. */
  text(text: string): string;
  /** A change of a job with this executor. */
  change(executor: string, change: FieldChange): FieldChange;
  /** A sentence, which may quote a secret: of the address, or one that was veiled before. */
  sentence(text: string): string;
}

const between = /[^\s"'`{}[\](),:;=&?/|<>\\]+/g;
/** Shorter ones are in too many words to be told apart. */
const telling = 4;
/** What our own sentences are made of; a secret is rarely so plain. */
const plain = /^[A-Za-z]?[a-z]{0,6}$/;
/** A log of many jobs must not fill the memory. */
const mostWords = 500_000;

/** `secrets`: what the way to the server keeps secret so far. */
export function createVeil(secrets: () => readonly string[]): Veil {
  const words = new Set<string>();
  const names = new Set<string>();
  const jobs = new WeakMap<Job, Job>();

  const told = (secret: string): void => {
    for (const [word] of secret.matchAll(between))
      if (word.length >= telling && words.size < mostWords && !plain.test(word)) words.add(word);
  };

  const isQuoted = (word: string): boolean => {
    const whole = withoutEnd(word, /[.…!]/);
    if (names.has(word) || names.has(whole) || whole.length < telling) return false;
    if (words.has(word) || words.has(whole)) return true;
    return word.endsWith('…') && words.values().some((secret) => secret.startsWith(whole));
  };

  const veil: Veil = {
    entry: (entry) => {
      names.add(entry.job.name);
      return veilJobText(entry.text, told);
    },
    job: (job) => {
      const known = jobs.get(job);
      if (known !== undefined) return known;
      names.add(job.name);
      const veiled = parseJson(veilJobText(stringifyJson(job), told)) as Job;
      jobs.set(job, veiled);
      return veiled;
    },
    definition: (text) => veilJobText(text, told),
    value: (executor, keys, text) => {
      const veiled = veilingOf(executor, keys)(text);
      if (veiled !== text) told(text);
      return veiled;
    },
    text: (text) => {
      told(text);
      return veilText(text);
    },
    change: (executor, change) => ({
      ...change,
      before: veil.value(executor, change.keys, change.before),
      after: veil.value(executor, change.keys, change.after),
    }),
    sentence: (text) =>
      withoutUserinfo(conceal(text, secrets())).replace(between, (word) =>
        isQuoted(word) ? 'x'.repeat(word.length) : word,
      ),
  };
  return veil;
}
