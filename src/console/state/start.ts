/** The state a console starts in. */
import { JobTable } from '../../job/table.ts';
import { noCursor } from './cursor.ts';
import type { JobsScreen, Setting, State } from './model.ts';

/** Of a snapshot the Dkron that had its jobs, which decides what its schedules mean. */
const serverOf = ({ inside }: Setting): State['server'] =>
  inside?.dkron ? { name: '', version: inside.dkron, tags: {} } : null;

/** What the table is sorted by until told. */
export const firstSort: JobsScreen['sort'] = { column: 'name', descending: false };

export const startState = (
  setting: Setting,
  size: { readonly columns: number; readonly rows: number },
  now: number,
  zone = 'local',
): State => ({
  setting,
  cluster: { kind: 'unknown' },
  now,
  ...size,
  link: { kind: 'connecting' },
  forward: null,
  server: serverOf(setting),
  leader: undefined,
  whom: null,
  node: { paused: false, behind: false },
  pace: { paused: false, focused: true },
  clocks: { skew: 0, told: false },
  jobs: { byName: JobTable.empty, unreadable: [], at: null },
  busy: new Map(),
  busyAt: null,
  troubles: new Map(),
  missed: [],
  roster: [],
  times: new Map(),
  paces: new Map(),
  usedAt: null,
  runs: new Map(),
  screens: [
    {
      kind: 'jobs',
      cursor: noCursor,
      filter: setting.inside?.filter ?? '',
      sort: firstSort,
      marks: new Set(),
    },
  ],
  overlay: null,
  flash: null,
  zone,
  drafts: new Map(),
  waiting: null,
  progress: null,
  leftPlan: null,
  unfinished: [],
  maintenance: null,
  again: null,
  movedAt: null,
  passing: false,
  rowReplaced: false,
});
