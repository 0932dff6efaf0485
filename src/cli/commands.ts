import type { Program } from './invocation.ts';

const enabling = () => import('./enable.ts');
const pausing = () => import('./pause.ts');
const pins = () => import('./pin.ts');
const schedules = () => import('./schedule.ts');

/**
 * The commands, in the order in which `--help` lists them. Each is a file whose `register` adds it; a
 * file is loaded when its command is the one that is named, or when all are wanted.
 */
export const commands = {
  jobs: () => import('./jobs.ts'),
  job: () => import('./job.ts'),
  executions: () => import('./executions.ts'),
  output: () => import('./run-output.ts'),
  'compare-runs': () => import('./compare-runs.ts'),
  why: () => import('./why.ts'),
  run: () => import('./run.ts'),
  'run-again': () => import('./again/command.ts'),
  'set-schedule': () => import('./set-schedule.ts'),
  edit: () => import('./edit.ts'),
  apply: () => import('./apply.ts'),
  enable: enabling,
  disable: enabling,
  maintenance: () => import('./maintenance/command.ts'),
  create: () => import('./create.ts'),
  clone: () => import('./clone.ts'),
  rename: () => import('./rename.ts'),
  delete: () => import('./delete.ts'),
  clear: () => import('./clear.ts'),
  undo: () => import('./undo/command.ts'),
  journal: () => import('./journal.ts'),
  backup: () => import('./backup.ts'),
  snapshots: () => import('./snapshots.ts'),
  pin: pins,
  unpin: pins,
  label: pins,
  prune: () => import('./prune.ts'),
  show: () => import('./show.ts'),
  log: () => import('./history.ts'),
  diff: () => import('./diff.ts'),
  verify: () => import('./verify.ts'),
  restore: () => import('./restore/command.ts'),
  export: () => import('./export.ts'),
  drift: () => import('./drift.ts'),
  agenda: () => import('./agenda.ts'),
  lint: () => import('./lint.ts'),
  missed: () => import('./missed.ts'),
  watch: () => import('./watch/command.ts'),
  schedule: schedules,
  next: schedules,
  import: schedules,
  family: () => import('./family.ts'),
  cluster: () => import('./cluster-members.ts'),
  pause: pausing,
  unpause: pausing,
  contexts: () => import('./contexts.ts'),
  demo: () => import('./demo.ts'),
  doctor: () => import('./doctor.ts'),
  info: () => import('./info.ts'),
  completion: () => import('./completion.ts'),
} satisfies Readonly<Record<string, () => Promise<{ register(program: Program): void }>>>;

/** Adds the command of this name to the program; every one where that is none, or has to know them all. */
export async function addCommands(program: Program, name?: string): Promise<void> {
  for (const file of filesFor(name)) (await file()).register(program);
}

const filesFor = (name?: string) =>
  isCommand(name) && name !== 'completion' ? [commands[name]] : new Set(Object.values(commands));

const isCommand = (name = ''): name is keyof typeof commands => Object.hasOwn(commands, name);
