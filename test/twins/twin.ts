/** A change that the console can make, with the keys and the command that do it. */
import type { Definition } from '../support/jobs.ts';
import { aQuestion, type Step } from './screen.ts';

/** What may come between the plan and the request. */
export type Between = 'another change' | 'no job' | 'no leader';

export interface Twin {
  /** The action of the console. */
  readonly action: string;
  /** The keys that lead to its question, and those that say yes. */
  readonly open: readonly Step[];
  readonly yes: readonly Step[];
  /** The command that does the same, without --yes; the server's address is handed in. */
  readonly command: (url: string) => Promise<readonly string[]>;
  /** Commands whose change is there before. */
  readonly before: readonly (readonly string[])[];
  /** What both say when it is done. */
  readonly done: RegExp;
  /** The job that somebody else writes or deletes meanwhile, and what is written into it. */
  readonly job: string;
  readonly meanwhile: Partial<Definition>;
  /** What both say then. */
  readonly between: Readonly<Record<Between, RegExp>>;
  /** The keys that show, under read-only, what it would edit; null where it is refused. */
  readonly closed: readonly Step[] | null;
  /** The same with something that the checks find wrong; null where there can be none. */
  readonly wrong: Wrong | null;
}

export interface Wrong {
  readonly open: readonly Step[];
  readonly command: readonly string[];
  readonly said: RegExp;
}

type Row = Pick<Twin, 'action' | 'open' | 'done'> &
  Partial<Omit<Twin, 'command' | 'between'>> & {
    readonly command: readonly string[] | Twin['command'];
    readonly between?: Partial<Twin['between']>;
  };

const changed = /was changed on \S+ since it was read/;
const gone = /was deleted from \S+ since it was read/;

export function twin({ command, between = {}, ...row }: Row): Twin {
  return {
    yes: ['enter', aQuestion, 'y'],
    before: [],
    job: 'a',
    meanwhile: { owner: 'night shift' },
    wrong: null,
    closed: null,
    ...row,
    between: {
      'another change': changed,
      'no job': gone,
      'no leader': /has no leader/,
      ...between,
    },
    command: typeof command === 'function' ? command : async () => command,
  };
}
