/** How a policy is asked for, in a command and after a word of the palette alike. */
import { UsageError } from '../../base/errors.ts';
import { nameProblem } from '../../job/name.ts';
import { shellWords } from '../../job/values/shell-words.ts';
import { type Existing, type Policy, plainPolicy } from './policy.ts';
import { readReplacement } from './replacement.ts';

export interface PolicyOption {
  readonly name: string;
  /** What its value is called; none: it has none. */
  readonly value?: string;
  /** It may be given several times. */
  readonly several?: true;
  readonly help: string;
}

export const policyOptions: readonly PolicyOption[] = [
  {
    name: 'existing',
    value: 'what',
    help: 'with jobs that the server has otherwise: overwrite (unless told), skip, or ask one by one',
  },
  {
    name: 'disabled',
    help: 'write every job disabled; with --keep-enabled only those that the server does not have',
  },
  {
    name: 'keep-enabled',
    help: 'leave the jobs that the server has enabled or disabled as they are there',
  },
  {
    name: 'rename-prefix',
    value: 'prefix',
    help: 'write the jobs, and the parents among them, under names that begin with this',
  },
  {
    name: 'replace',
    value: 'REGEX=TEXT',
    several: true,
    help: String.raw`in addresses, headers, bodies and all other settings of the executor; a = in REGEX is \=, $1 is its first group; may be given several times, in this order`,
  },
];

/** The options by their names in camel case; words where one may be given several times. */
export interface PolicyFlags {
  readonly existing?: string;
  readonly disabled?: boolean;
  readonly keepEnabled?: boolean;
  readonly renamePrefix?: string;
  readonly replace?: readonly string[];
}

/** Throws UsageError. */
export function policyOf(flags: PolicyFlags): Policy {
  const { existing = plainPolicy.existing, renamePrefix: prefix = '', replace = [] } = flags;
  if (!isExisting(existing))
    throw new UsageError(`--existing ${existing}: it is overwrite, skip or ask`, nothingWritten);
  const problem = prefix === '' ? undefined : nameProblem(prefix);
  if (problem !== undefined)
    throw new UsageError(`--rename-prefix ${prefix}: the ${problem}`, {
      ...nothingWritten,
      next: 'Dkron takes small letters, 0-9, _ and - in a name.',
    });
  return {
    existing,
    disabled: flags.disabled === true,
    keepEnabled: flags.keepEnabled === true,
    prefix,
    replacements: replace.map(readReplacement),
  };
}

const nothingWritten = { data: 'Nothing was written.' };

const isExisting = (word: string): word is Existing => ['overwrite', 'skip', 'ask'].includes(word);

/** What stands before the options of a line, and the policy that they say; or what is wrong with it. */
export type WordsRead =
  | { readonly subject: string; readonly policy: Policy }
  | { readonly problem: string };

/** Reads a line as `jobs.json --existing skip --replace 'a=b'`, quoted as in a shell. */
export function readWords(line: string): WordsRead {
  const [, subject = '', options = ''] = /^(.*?)(?:(?<!\S)(--.*))?$/s.exec(line) ?? [];
  const words = shellWords(options);
  if (words === null) return { problem: 'a quotation is never closed' };
  try {
    const policy = policyOf(flagsOf(words.map(({ text }) => text)));
    return { subject: subject.trim(), policy };
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    return { problem: error.message };
  }
}

function flagsOf(words: readonly string[]): PolicyFlags {
  const flags: Record<string, string | boolean | string[]> = {};
  const left = [...words];
  for (let word = left.shift(); word !== undefined; word = left.shift()) {
    const [, name = '', joined] = /^--([^=]*)(?:=(.*))?$/s.exec(word) ?? [];
    const option = policyOptions.find((one) => one.name === name);
    if (option === undefined) throw new UsageError(`${word} is no option here: ${known}`);
    const key = name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
    if (option.value === undefined) {
      flags[key] = true;
      continue;
    }
    const value = joined ?? left.shift();
    if (value === undefined) throw new UsageError(`--${name} needs its ${option.value}`);
    flags[key] = option.several ? [...((flags[key] as string[]) ?? []), value] : value;
  }
  return flags;
}

const known = policyOptions.map(({ name }) => `--${name}`).join(', ');
