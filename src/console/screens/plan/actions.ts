/** A plan of changes: writing what is marked of it, and looking closer. */
import { counted } from '../../../base/counted.ts';
import type { MaintenanceStep, RestoreKind } from '../../../plan/model.ts';
import { clean } from '../../../terminal/cell.ts';
import { lineText } from '../../../view/line.ts';
import type { Action } from '../../state/action.ts';
import type { Effect, State, Step } from '../../state/model.ts';
import { still } from '../../state/model.ts';
import { planKeys } from '../../state/plan-rows.ts';
import { ask } from '../../state/questions.ts';
import { topScreen, withTop } from '../../state/stack.ts';
import { openDifference } from '../difference.ts';
import { aboutHere, changesShown, saidLines, sidesOf, whyOf } from './about.ts';
import { fold, foldAction } from './fold.ts';
import { markActions } from './marks.ts';
import { orderActions } from './order.ts';
import { isPending, policyActions } from './policy.ts';
import { type Compared, itemHere, onFold, onPlan, shownPlan } from './shown.ts';
import { textActions } from './text.ts';

function apply(state: State, screen: Compared): Step {
  if (onFold(state)) return fold(state, screen);
  const { plan } = screen;
  const marked = plan.items.filter(({ name }) => screen.marks.has(name));
  const { title, resumes } = screen;
  const effect: Effect = {
    type: 'apply-plan',
    plan,
    title,
    names: marked.map(({ name }) => name),
    ...(resumes !== undefined && { resumes }),
  };
  const count = (wanted: RestoreKind): number =>
    marked.filter(({ kind }) => kind === wanted).length;
  const [changed, deleted] = [count('change'), count('delete')];
  const written = marked.length - deleted;
  const doing = deleted === 0 ? '' : ` and deleting ${deleted}`;
  const shown = planKeys(screen).index;
  const hidden = marked.filter(({ name }) => !shown.has(name)).length;
  return ask(state, {
    question:
      plan.maintenance === undefined
        ? questionOf(state.setting.label, contextOf(screen), written, changed, deleted)
        : maintenanceQuestion(state.setting.label, plan.maintenance, written),
    more: hidden === 0 ? [] : [`The filter hides ${hidden} of them.`],
    verb: plan.maintenance?.step ?? 'write',
    doing: `writing ${written}${doing}`,
    effect,
  });
}

/** The context whose cluster has the jobs; undefined for what comes from nowhere else. */
const contextOf = ({ source }: Compared): string | undefined =>
  source && 'context' in source ? source.context : undefined;

/** `written` counts new and changed jobs, `changed` only those that the server has; `from` is a context. */
function questionOf(
  whom: string,
  from: string | undefined,
  written: number,
  changed: number,
  deleted: number,
): string {
  if (written === 0) return `Delete ${counted(deleted)} on ${whom}, with all runs?`;
  const over = changed === 0 ? '' : `, replacing ${counted(changed, 'definition')} there`;
  const also = deleted === 0 ? '' : `, and delete ${counted(deleted)} with all runs`;
  const source = from === undefined ? '' : ` from ${from}`;
  return `Write ${counted(written)}${source} to ${whom}${over}${also}?`;
}

function maintenanceQuestion(whom: string, { step, name }: MaintenanceStep, jobs: number): string {
  const [begin, verb] = step === 'start' ? ['Start', 'disable'] : ['End', 'enable'];
  return `${begin} the maintenance ${clean(name)} on ${whom}: ${verb} ${counted(jobs)}?`;
}

/** All there is to say of the job under the cursor. */
function openWhole(state: State, screen: Compared): Step {
  const about = aboutHere(state, screen);
  if (about === null) return still(state);
  const { item } = about;
  const said = [...saidLines(about, state.columns - 2), ...sidesOf(about)];
  const changes = changesShown(about);
  return openDifference(state, {
    job: item.name,
    above: said.map(lineText),
    changes,
    why: changes.length > 0 || said.length > 0 ? '' : whyOf(item),
  });
}

export const planActions: readonly Action[] = [
  ...markActions,
  ...textActions,
  ...orderActions,
  ...policyActions,
  foldAction,
  {
    id: 'plan.difference',
    keys: ['d'],
    title: 'difference',
    help: 'Shows all that differs in the job under the cursor, and all that is to be said of it, as a text.',
    scope: ['plan'],
    footer: 4,
    available: (state) => {
      const screen = shownPlan(state);
      return screen !== null && itemHere(screen) !== undefined ? null : 'no job under the cursor';
    },
    run: onPlan(openWhole),
  },
  {
    id: 'plan.secrets',
    keys: ['x'],
    title: 'show credentials',
    help: 'Shows passwords, tokens and other credentials as they are, or hides them again.',
    scope: ['plan'],
    footer: 7,
    run: onPlan((state, screen) => still(withTop(state, { ...screen, secrets: !screen.secrets }))),
  },
  {
    id: 'plan.apply',
    keys: ['enter'],
    title: 'apply',
    help: 'Writes the marked jobs, parents first; each is read back and compared.',
    scope: ['plan'],
    dangerous: true,
    footer: 1,
    available: (state) => {
      const screen = topScreen(state);
      if (screen.kind !== 'plan') return 'only from a plan';
      if (screen.applying !== null) return 'already writing';
      if (onFold(state)) return null;
      const compared = shownPlan(state);
      if (compared === null || isPending(compared)) return 'the comparison is not finished';
      return screen.marks.size === 0 ? 'nothing is marked: space marks a job' : null;
    },
    run: onPlan(apply),
  },
];
