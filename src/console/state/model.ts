/** What the console knows. Its whole vocabulary can be had from here. */

import type { Draft } from '../../config/drafts.ts';
import type { BadgeColour } from '../../config/looks.ts';
import type { UnreadHere } from '../../dkron/live.ts';
import type { Execution, Server } from '../../dkron/shapes.ts';
import type { ForwardState } from '../../forward/supervisor.ts';
import type { Ignored } from '../../job/lint/ignore.ts';
import type { NodeTags } from '../../job/lint/tags.ts';
import type { Pace as JobPace } from '../../job/status.ts';
import type { JobTable } from '../../job/table.ts';
import type { KnownTimes } from '../../oversight/kept-times.ts';
import type { Missed } from '../../oversight/missed.ts';
import type { RosterChange } from '../../oversight/roster.ts';
import type { Verdict } from '../../oversight/verdict.ts';
import type { MaintenanceSeen } from '../../plan/maintenance/store.ts';
import type { Unfinished } from '../../plan/unfinished/head.ts';
import type { About } from '../../snapshot/archive/open.ts';
import type { Words } from '../../snapshot/prune/policy.ts';
import type { Proven } from '../../snapshot/verify/inside.ts';
import type { AgainRun } from './again.ts';
import type { EarlierRows, Link, Node, Pace } from './connection.ts';
import type { Ttls } from './lint.ts';
import type { Effect } from './message.ts';
import type { Overlay } from './overlay.ts';
import type { Recognised } from './recognised.ts';
import type { Runs } from './runs.ts';
import type { Flash, Progress } from './said.ts';
import type { JobsScreen, PlanScreen, Screen } from './screen.ts';

export type * from './again.ts';
export type * from './connection.ts';
export type * from './lint.ts';
export type * from './message.ts';
export type * from './missed.ts';
export type * from './overlay.ts';
export type * from './recognised.ts';
export type * from './said.ts';
export type * from './screen.ts';
export type * from './text.ts';

/** A context that the console can go to. */
export interface Choice {
  readonly name: string;
  /** What the header would call it. */
  readonly label: string;
  /** Its address without credentials, or what is forwarded. */
  readonly where: string;
  readonly readOnly: boolean;
  readonly isProtected: boolean;
}

/** A snapshot that is looked into, where there is no server. */
export interface Inside extends About {
  /** A console of a server lies below, to go back to. */
  readonly over: boolean;
  /** Whether it is what came from the server. */
  readonly verified: Proven;
  /** What is shown of it first. */
  readonly filter: string;
}

/** Where the console is pointed, and how it was started. */
export interface Setting {
  /** The snapshot that is shown in place of a server; missing for a server. */
  readonly inside?: Inside;
  /** The context's name; null for a bare address. */
  readonly context: string | null;
  /** What there is to go to. */
  readonly contexts: readonly Choice[];
  /** Filters by name. */
  readonly views: Readonly<Record<string, string>>;
  /** The folder of its snapshots; null: where those of its cluster are. */
  readonly snapshots: string | null;
  /** What is kept of them when they are thinned out; null: nobody said. */
  readonly keep: Words | null;
  readonly url: string;
  readonly label: string;
  /** What the label stands on; null: nothing. */
  readonly colour: BadgeColour | null;
  readonly readOnly: boolean;
  /** What has to be typed to agree to each change; null: nothing. */
  readonly protectedAs: string | null;
  /** A token is shown to the server, which may write its owner into what is saved. */
  readonly token?: boolean;
  /** Whether there is a table of TTLs, and which findings nobody wants to be told. */
  readonly lint?: { readonly ttl: boolean; readonly ignore: readonly Ignored[] };
  /** The zone the Dkron process runs in; its API does not tell. */
  readonly serverZone: string;
  /** The operator's own zone. */
  readonly localZone: string;
}

export interface JobsData {
  readonly byName: JobTable;
  /** What is wrong with each job that could not be read: they are not among these. */
  readonly unreadable: readonly UnreadHere[];
  /** When the last whole list arrived, ms since the epoch; null while the first is under way. */
  readonly at: number | null;
  /** Where they are rows that an earlier console kept, and no jobs. */
  readonly earlier?: EarlierRows | undefined;
  /** What has come meanwhile, of a list that is not whole. */
  readonly coming?: JobTable | undefined;
  /** While the first list comes: how many jobs there will be; null where the server does not say. */
  readonly announced?: number | null | undefined;
  /** When those that are on the screen, were due or ran were read, where the list is older. */
  readonly liveAt?: number | undefined;
  /** When one of them was last another than before; as the list unless told. */
  readonly newsAt?: number | undefined;
}

export interface State {
  readonly setting: Setting;
  readonly cluster: Recognised;
  readonly now: number;
  readonly columns: number;
  readonly rows: number;
  readonly link: Link;
  /** The port-forward that the server is behind; null for none. */
  readonly forward: ForwardState | null;
  readonly server: Server | null;
  /** The leader's node name; null: there is none; undefined: not known yet. */
  readonly leader: string | null | undefined;
  /** The node that answered the last read. */
  readonly whom: string | null;
  readonly node: Node;
  /** The nodes that are alive, by their tags; undefined where the server does not tell. */
  readonly nodes?: readonly NodeTags[] | undefined;
  /** Undefined until it is needed. */
  readonly ttls?: Ttls;
  readonly pace: Pace;
  /** When the last key or paste came, ms since the epoch; null: none yet. */
  readonly usedAt: number | null;
  /** How far this machine's clock is ahead of the server's, ms; and whether that was said. */
  readonly clocks: { readonly skew: number; readonly told: boolean };
  readonly jobs: JobsData;
  /** Executions under way, by job name. */
  readonly busy: ReadonlyMap<string, readonly Execution[]>;
  /** When that was told the last time, ms since the epoch; null: never yet. */
  readonly busyAt: number | null;
  /** What should have run and did not, by job name. */
  readonly troubles: ReadonlyMap<string, Verdict>;
  /** What was missed, also by what earlier programs saw, the newest first. */
  readonly missed: readonly Missed[];
  /** Which nodes came and went, and who led, the newest first. */
  readonly roster: readonly RosterChange[];
  /** How long jobs take, as far as it is known, by job name. */
  readonly times: KnownTimes;
  /** Which of them take too long. */
  readonly paces: ReadonlyMap<string, JobPace>;
  readonly runs: ReadonlyMap<string, Runs>;
  /** The stack of screens; the last is shown, the first is always the jobs. */
  readonly screens: readonly [JobsScreen, ...Screen[]];
  readonly overlay: Overlay | null;
  readonly flash: Flash | null;
  /** Whose clock times are told by: `local`, `job`, `utc`, or a zone's name (view/zones.ts). */
  readonly zone: string;
  /** What was typed and not saved, by `draftKey`; kept on disk as it changes. */
  readonly drafts: ReadonlyMap<string, Draft>;
  /** What the operator waits for, in words; null when nothing is under way. */
  readonly waiting: string | null;
  /** How far that is; null where nobody tells. */
  readonly progress: Progress | null;
  /** The plan that was left last with something marked; null: none was. */
  readonly leftPlan: Pick<PlanScreen, 'id' | 'marks' | 'cursor'> | null;
  /** Operations on several jobs that were interrupted, newest first. */
  readonly unfinished: readonly Unfinished[];
  /** The maintenance that goes on; null for none. */
  readonly maintenance: MaintenanceSeen | null;
  /** What is run again, or was; null for nothing. */
  readonly again: AgainRun | null;
  /** When a key moved the cursor of the jobs, by the clock of keys; null: none did. */
  readonly movedAt: number | null;
  /** It goes over jobs quicker than one reads: the pane has only what is there at once. */
  readonly passing: boolean;
  /** The row under the cursor vanished: dangerous keys wait for one more key. */
  readonly rowReplaced: boolean;
}

/** When the rows on the screen were read, ms since the epoch; null while the first are under way. */
export const liveAtOf = ({ jobs }: State): number | null => jobs.liveAt ?? jobs.at;

export type Step = readonly [State, readonly Effect[]];

export const still = (state: State): Step => [state, []];

/** The state with something to tell the operator. */
export const flash = (state: State, level: Flash['level'], text: string): State => ({
  ...state,
  flash: { level, text },
});
