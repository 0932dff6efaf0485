/** Effects as the log has them: what was asked for and of which jobs; of texts only how long they are. */
import type { Job } from '../../job/job.ts';
import type { CheckedPlan } from '../../plan/model.ts';
import type { Policy } from '../../plan/policy/policy.ts';
import type { ToUndo } from '../state/journal.ts';
import type { Effect } from '../state/model.ts';

type Rows = {
  readonly [Type in Effect['type']]: (
    effect: Extract<Effect, { type: Type }>,
  ) => Readonly<Record<string, unknown>>;
};

const nothing = () => ({});
const named = ({ name }: { readonly name: string }) => ({ name });
const seen = ({ seen: { name } }: { readonly seen: Job }) => ({ name });
const planned = ({ plan: { items } }: { readonly plan: CheckedPlan }) => ({
  names: items.map(({ name }) => name),
});
const toUndo = (what: ToUndo) =>
  'change' in what
    ? { change: what.change.id }
    : 'operation' in what
      ? { operation: what.operation.id }
      : { backTo: what.backTo.id };
const names = (effect: { readonly names: readonly string[] }) => ({ names: effect.names });

/** Of replacements only how many: they may hold a credential. */
const under = (policy: Policy | undefined) =>
  policy && { policy: { ...policy, replacements: policy.replacements.length } };

const rows: Rows = {
  refresh: nothing,
  pace: ({ pace }) => ({ ...pace }),
  'load-runs': named,
  'load-output': ({ name, execution, whole }) => ({ name, execution, whole }),
  follow: ({ run }) => ({ run }),
  'save-schedule': ({ plan: { items }, over }) => ({
    jobs: items.map(({ job: { name, schedule, timezone } }) => ({ name, schedule, timezone })),
    over,
  }),
  'set-disabled': ({ plan }) => ({ action: plan.action, ...planned({ plan }) }),
  run: names,
  delete: planned,
  clear: names,
  'run-again': ({ items, resumes }) => ({ names: items.map(({ name }) => name), resumes }),
  'stop-again': nothing,
  'find-again': nothing,
  'discard-again': nothing,
  undo: ({ what }) => (what === undefined ? {} : toUndo(what)),
  'list-journal': ({ olderThan }) => ({ olderThan }),
  'read-operation': ({ key }) => ({ key }),
  'read-history': named,
  'read-runs': ({ job, older, newer }) => ({ job, older, newer }),
  'ask-why': ({ job }) => ({ job }),
  'read-overview': nothing,
  'set-paused': ({ paused, node }) => ({ paused, node }),
  compare: ({ from, to }) => ({ from, to }),
  'open-context': named,
  'settle-cluster': ({ as }) => ({ as }),
  agenda: ({ names, from, hours }) => ({ jobs: names.length, from, hours }),
  'read-ttls': nothing,
  'count-crowd': nothing,
  'find-calm': nothing,
  lint: ({ names, from }) => ({ jobs: names.length, from }),
  snapshot: ({ label, names }) => ({ label, names }),
  'list-snapshots': nothing,
  'note-snapshot': ({ type: _, ...note }) => note,
  'plan-prune': ({ words }) => ({ words }),
  prune: ({ words, files }) => ({ words, files }),
  'verify-snapshots': ({ files }) => ({ files }),
  'look-inside': ({ file }) => ({ file }),
  'leave-snapshot': ({ restore }) => ({ restore }),
  'plan-edits': ({ jobs, set }) => ({ jobs: jobs.length, fields: Object.keys(set) }),
  'plan-undo': ({ reversals, undoes }) => ({ jobs: reversals.length, undoes }),
  'plan-restore': ({ file, policy }) => ({ file, ...under(policy) }),
  'open-plan': ({ file }) => ({ file }),
  'keep-plan': ({ file, names }) => ({ file, names }),
  'plan-from': ({ context, policy }) => ({ context, ...under(policy) }),
  export: ({ folder, names }) => ({ folder, jobs: names.length }),
  'apply-plan': names,
  resume: ({ operation }) => ({ operation }),
  discard: ({ operation }) => ({ operation }),
  'plan-maintenance': ({ step }) => ({ step }),
  'forget-maintenance': nothing,
  'keep-draft': ({ key, draft }) => ({ key, length: draft?.text.length ?? null }),
  'save-text': ({ name, text }) => ({ name, length: text.length }),
  'edit-outside': seen,
  copy: ({ text }) => ({ length: text.length }),
  'check-later': ({ lines }) => ({ lines: lines.length }),
  'rest-later': nothing,
  'forget-later': nothing,
  redraw: nothing,
  suspend: nothing,
  quit: nothing,
};

export const effectNote = (effect: Effect): Readonly<Record<string, unknown>> => ({
  type: effect.type,
  ...(rows[effect.type] as (effect: Effect) => Readonly<Record<string, unknown>>)(effect),
});
