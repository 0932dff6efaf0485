/** All that the console can change, by the effect that does it. */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { editablePaths } from '../../src/console/editors/field-values.ts';
import type { writes } from '../../src/console/state/message.ts';
import type { State } from '../../src/console/state/model.ts';
import { topScreen } from '../../src/console/state/stack.ts';
import { pathOf } from '../../src/job/field-path.ts';
import { openJournal } from '../../src/journal/file.ts';
import { places } from '../cli/run.ts';
import { type } from '../console/states.ts';
import { aDefinition, aJob } from '../support/jobs.ts';
import { keptAt } from '../support/kept.ts';
import { aPlan, aQuestion } from './screen.ts';
import { type Twin, twin, type Wrong } from './twin.ts';

/** The effects that change a server: the compiler knows them from the table of the console. */
type Writing = {
  [Type in keyof typeof writes]: (typeof writes)[Type] extends true ? Type : never;
}[keyof typeof writes];

const words = (text: string): string[] => [':', ...type(text), 'enter'];
const written = /written and verified/;
const disabled = /disabled and verified/;
const deleted = /deleted and verified/;
const isGone = /already deleted/;
const ran = /a: finished/;
const cleared = /cleared/;
const isPaused = /is paused: it refuses/;
const nodeIsPaused = ({ node }: State): boolean => node.paused;
const noJob = /there is no job a on/;

const noSuchZone: Wrong = {
  open: [...words('set timezone Mars/One'), aPlan],
  command: ['edit', 'a', '--set', 'timezone=Mars/One'],
  said: /Mars\/One/,
};
const noName = (verb: string): Wrong => ({
  open: words(`${verb} Bad`),
  command: [verb, 'a', 'Bad'],
  said: /illegal character/,
});

/** As many steps down as a field stands below the first. */
const downTo = (path: string): string[] =>
  editablePaths(aJob())
    .slice(
      0,
      editablePaths(aJob()).findIndex((keys) => pathOf(keys) === path),
    )
    .map(() => 'j');

const journalRead = (state: State): boolean => {
  const screen = topScreen(state);
  return screen.kind === 'journal' && screen.operations !== null;
};

const operationRead = (state: State): boolean => {
  const screen = topScreen(state);
  return screen.kind === 'journal' && [...screen.opened.values()].every((read) => read !== null);
};

const historyRead = (state: State): boolean => {
  const screen = topScreen(state);
  return screen.kind === 'history' && screen.history !== null;
};

const maintained = ({ maintenance }: State): boolean => maintenance !== null;

const lintRead = (state: State): boolean => {
  const screen = topScreen(state);
  return screen.kind === 'lint' && screen.found !== null;
};

/** The command that takes back what was done to this job. */
const undoOf = (job: string) => async (url: string) => {
  const changes = await openJournal((await keptAt(places, url)).journal).changes();
  return ['undo', '--change', changes.find((change) => change.job === job)!.id];
};

/** The command that takes back the operation before the last. */
const undoTo = (option: string) => async (url: string) => {
  const journal = openJournal((await keptAt(places, url)).journal);
  const [, operation] = await Array.fromAsync(journal.list());
  return ['undo', option, operation!.id];
};

export const folder = mkdtempSync(join(tmpdir(), 'twins-'));
const file = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};
const snapshot = [aDefinition({ name: 'a', retries: 5 }), aDefinition({ name: 'made' })];
const snapshotFile = file('jobs.json', JSON.stringify(snapshot));
/** What the tests take for the operator's editor: it sets the retries. */
export const editor = "sed -i.before 's/^retries: .*/retries: 3/'";
const retries = ['edit', 'a', '--set', 'retries=3'];

export const twins: { readonly [Type in Writing]: readonly Twin[] } = {
  'set-disabled': [
    twin({
      action: 'job.switch',
      open: ['s'],
      yes: ['y'],
      command: ['disable', 'a'],
      done: disabled,
      // What somebody else writes into other fields stays.
      between: { 'another change': disabled },
    }),
    twin({
      action: 'job.disable',
      open: words('disable'),
      yes: ['y'],
      command: ['disable', 'a'],
      done: disabled,
      meanwhile: { disabled: true },
      between: { 'another change': /already disabled/ },
    }),
    twin({
      action: 'job.enable',
      open: ['j', ...words('enable')],
      yes: ['y'],
      command: ['enable', 'b'],
      job: 'b',
      done: /enabled and verified/,
      between: { 'another change': /enabled and verified/ },
    }),
  ],
  'save-schedule': [
    twin({
      action: 'job.schedule',
      open: ['i', 'ctrl-u', ...type('@hourly')],
      yes: ['enter'],
      command: ['set-schedule', 'a', '@hourly'],
      done: written,
      meanwhile: { schedule: '@weekly' },
      wrong: {
        open: ['i', 'ctrl-u', ...type('@whenever'), 'enter'],
        command: ['set-schedule', 'a', '@whenever'],
        said: /@whenever/,
      },
    }),
    twin({
      action: 'job.schedule',
      open: ['i', 'tab', ...type('Europe/Paris')],
      yes: ['enter'],
      command: ['set-schedule', 'a', '@daily', '--timezone', 'Europe/Paris'],
      done: written,
      between: { 'another change': written },
      wrong: {
        open: ['i', 'tab', ...type('Mars/One'), 'enter'],
        command: ['set-schedule', 'a', '@daily', '--timezone', 'Mars/One'],
        said: /Mars\/One/,
      },
    }),
  ],
  run: [
    twin({
      action: 'job.run',
      open: ['t'],
      yes: ['y'],
      command: ['run', 'a'],
      done: ran,
      between: { 'another change': ran, 'no job': noJob },
    }),
  ],
  'run-again': [
    twin({
      action: 'again.start',
      open: ['space', ...words('run-again'), 't'],
      yes: ['y'],
      command: ['run-again', 'a', 'status:never'],
      done: /1 succeeded/,
      between: { 'another change': /1 succeeded/, 'no job': noJob },
    }),
  ],
  'set-paused': [
    twin({
      action: 'members.switch',
      open: ['C', 'P'],
      yes: ['y'],
      command: ['pause'],
      done: isPaused,
      between: { 'another change': isPaused, 'no job': isPaused, 'no leader': isPaused },
    }),
    twin({
      action: 'members.pause',
      open: words('pause-node'),
      yes: ['y'],
      command: ['pause'],
      done: isPaused,
      between: { 'another change': isPaused, 'no job': isPaused, 'no leader': isPaused },
    }),
    twin({
      action: 'members.unpause',
      open: [nodeIsPaused, ...words('unpause-node')],
      yes: ['y'],
      command: ['unpause'],
      before: [['pause']],
      done: /is unpaused/,
      between: {
        'another change': /is unpaused/,
        'no job': /is unpaused/,
        'no leader': /is unpaused/,
      },
    }),
  ],
  clear: [
    twin({
      action: 'job.clear',
      open: words('clear'),
      yes: [...type('a'), 'enter'],
      command: ['clear', 'a'],
      before: [['run', 'a']],
      done: cleared,
      between: { 'another change': cleared, 'no job': noJob },
    }),
  ],
  delete: [
    twin({
      action: 'job.delete',
      open: ['ctrl-d'],
      yes: [...type('a'), 'enter'],
      command: ['delete', 'a'],
      done: deleted,
      between: { 'no job': isGone },
      wrong: {
        open: ['j', 'j', 'j', 'j', 'ctrl-d'],
        command: ['delete', 'root'],
        said: /children: child/,
      },
    }),
    twin({
      action: 'job.delete',
      open: ['j', 'j', 'j', 'j', 'space', 'space', 'ctrl-d'],
      yes: ['2', 'enter'],
      command: ['delete', 'root', 'child'],
      job: 'child',
      done: deleted,
      between: { 'no job': deleted },
    }),
    twin({
      action: 'journal.undo',
      open: ['u', aQuestion],
      yes: [...type('copy'), 'enter'],
      command: ['undo'],
      before: [['clone', 'a', 'copy']],
      job: 'copy',
      done: deleted,
      between: { 'no job': isGone },
    }),
  ],
  'apply-plan': [
    twin({
      action: 'job.switch',
      open: ['space', 'space', 's', aPlan],
      command: ['disable', 'a', 'b'],
      done: disabled,
      between: { 'another change': disabled },
    }),
    twin({
      action: 'fields.set',
      open: [...words('set retries 3'), aPlan],
      command: retries,
      done: written,
      wrong: noSuchZone,
    }),
    twin({
      action: 'fields.edit-named',
      open: [...words('edit retries'), 'ctrl-u', '3', 'ctrl-s', aPlan],
      command: retries,
      done: written,
    }),
    twin({
      action: 'fields.edit',
      open: ['E', ...downTo('retries'), 'enter', 'ctrl-u', '3', 'ctrl-s', aPlan],
      command: retries,
      done: written,
    }),
    twin({
      action: 'fields.next',
      open: ['E', ...downTo('concurrency'), 'space', aPlan],
      command: ['edit', 'a', '--set', 'concurrency=forbid'],
      done: written,
    }),
    twin({
      action: 'job.forbid',
      open: [...words('forbid'), aPlan],
      command: ['edit', 'a', '--set', 'concurrency=forbid'],
      done: written,
    }),
    twin({
      action: 'job.allow',
      before: [['edit', 'a', '--set', 'concurrency=forbid']],
      open: [...words('allow'), aPlan],
      command: ['edit', 'a', '--set', 'concurrency=allow'],
      done: written,
    }),
    twin({
      action: 'job.editor',
      open: ['e', aPlan],
      command: retries,
      done: written,
    }),
    twin({
      action: 'job.body',
      open: ['j', 'j', 'j', 'b', 'ctrl-k', ...type('[1]'), 'ctrl-s', aPlan],
      command: ['edit', 'h', '--body', file('body.json', '[1]')],
      job: 'h',
      closed: ['j', 'j', 'j', 'b'],
      done: written,
    }),
    twin({
      action: 'job.create',
      open: [...words('create made shell'), aPlan],
      command: ['create', 'made', '--template', 'shell', '--set', 'retries=3'],
      job: 'made',
      done: written,
      between: { 'no job': written },
    }),
    twin({
      action: 'job.clone',
      open: [...words('clone copy'), aPlan],
      command: ['clone', 'a', 'copy'],
      job: 'copy',
      done: written,
      between: { 'no job': written },
      wrong: noName('clone'),
    }),
    twin({
      action: 'job.rename',
      open: [...words('rename copy'), aPlan],
      command: ['rename', 'a', 'copy'],
      done: written,
      wrong: noName('rename'),
    }),
    twin({
      action: 'journal.undo',
      open: ['u', aPlan],
      command: ['undo'],
      before: [['edit', 'a', 'c', '--set', 'retries=4']],
      done: written,
    }),
    twin({
      action: 'journal.return',
      open: ['H', journalRead, 'o', operationRead, 'j', 'j', 'enter', aPlan],
      command: undoOf('a'),
      before: [['edit', 'a', 'c', '--set', 'retries=4']],
      done: written,
    }),
    twin({
      action: 'journal.return',
      open: ['H', journalRead, 'j', 'enter', aPlan],
      command: undoTo('--operation'),
      before: [
        ['edit', 'a', 'c', '--set', 'retries=4'],
        ['disable', 'c'],
      ],
      done: written,
    }),
    twin({
      action: 'journal.back-to',
      open: ['H', journalRead, 'j', 'U', aPlan],
      command: undoTo('--back-to'),
      before: [
        ['edit', 'a', 'c', '--set', 'retries=4'],
        ['disable', 'c'],
      ],
      done: written,
    }),
    twin({
      action: 'history.restore',
      open: ['L', historyRead, 'j', 'R', aPlan],
      command: undoOf('a'),
      before: [['edit', 'a', '--set', 'retries=4']],
      done: written,
    }),
    twin({
      action: 'lint.fix',
      open: [...words('lint'), lintRead, '/', ...type('rule:zone-ignored a'), 'enter', 'f', aPlan],
      command: ['lint', 'a', '--rule', 'zone-ignored', '--fix'],
      before: [['edit', 'a', '--set', 'timezone=Asia/Tokyo', '--set', 'schedule=@daily']],
      done: written,
    }),
    twin({
      action: 'maintenance.open',
      open: ['space', ...words('maintenance night: upgrade'), aPlan],
      command: ['maintenance', 'start', 'a', '--name', 'night', '--why', 'upgrade'],
      done: disabled,
    }),
    twin({
      action: 'maintenance.open',
      open: [maintained, 'M', aPlan],
      command: ['maintenance', 'end'],
      before: [['maintenance', 'start', 'a']],
      done: /enabled and verified/,
    }),
    twin({
      action: 'maintenance.end',
      open: [maintained, ...words('maintenance-end'), aPlan],
      command: ['maintenance', 'end'],
      before: [['maintenance', 'start', 'a']],
      done: /enabled and verified/,
    }),
    twin({
      action: 'plan.apply',
      open: [...words(`restore ${snapshotFile}`), aPlan, 'a'],
      command: ['restore', snapshotFile],
      done: written,
    }),
  ],
};
