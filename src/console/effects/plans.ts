/** Snapshots, exports and restores as the console asks for them. */

import { counted } from '../../base/counted.ts';
import { explain, OperatorError } from '../../base/errors.ts';
import { inTurns } from '../../base/steps.ts';
import { privateFolder } from '../../config/files.ts';
import type { Dkron } from '../../dkron/client.ts';
import type { Door } from '../../dkron/write/door.ts';
import { applyPlan } from '../../plan/apply.ts';
import { checkSteps } from '../../plan/check.ts';
import { planFiles } from '../../plan/from-files.ts';
import type { RestorePlan } from '../../plan/model.ts';
import { originOf } from '../../plan/origin.ts';
import type { Keep } from '../../plan/safety.ts';
import { labelOf } from '../../snapshot/archive/label.ts';
import { listSnapshots, withDifferences } from '../../snapshot/archive/list.ts';
import { readJobFiles } from '../../snapshot/file/read.ts';
import { chosenOf } from '../../snapshot/take/choose.ts';
import { damageError } from '../../snapshot/take/damage.ts';
import { takeSnapshot } from '../../snapshot/take/take.ts';
import { damageOf } from '../../snapshot/verify/inside.ts';
import { type Coming, progressText, shareOf } from '../../view/progress.ts';
import type { EffectOf } from '../state/message.ts';
import type { Message } from '../state/model.ts';
import type { FileSource } from '../state/screen.ts';
import { takingText } from '../state/under-way.ts';
import { exportJobs } from './export.ts';
import { gatherResults } from './gather.ts';
import { judging } from './judging.ts';
import { summaryOf } from './summary.ts';
import type { UnfinishedEffects } from './unfinished.ts';
import { tellWriting } from './writing.ts';

/** All jobs, or these. */
type Which = Pick<EffectOf<'snapshot'>, 'label' | 'names'>;

interface Applying extends Omit<EffectOf<'apply-plan'>, 'type' | 'plan'> {
  readonly plan: RestorePlan;
}

export interface PlanEffects {
  readonly snapshot: (which?: Which) => Promise<void>;
  readonly list: () => Promise<void>;
  readonly plan: (source: FileSource) => Promise<void>;
  /** All jobs where there are no names. */
  readonly export: (folder: string, names: readonly string[]) => Promise<void>;
  readonly apply: (wanted: Applying) => Promise<void>;
  /** Nothing more is sent, and no snapshot is finished. */
  readonly stop: () => void;
}

export interface PlanEffectOptions {
  readonly client: Dkron;
  readonly door: Door;
  readonly unfinished: Pick<UnfinishedEffects, 'forgetUndone' | 'keep' | 'tell'>;
  /** Takes the safety snapshots. */
  readonly keep: Keep;
  /** The cluster that is shown. */
  readonly cluster: () => { readonly id: string; readonly name: string };
  /** Where snapshots of this cluster are. */
  readonly folder: string;
  /** The zone that the Dkron process runs in. */
  readonly serverZone: string;
  /** Whether a token is shown to the server. */
  readonly token?: boolean;
  readonly now: () => number;
  /** Any failure as an error for the operator; of a defect of ours the details are kept. */
  readonly known: (error: unknown) => OperatorError;
  readonly dispatch: (message: Message) => void;
}

export function createPlanEffects(options: PlanEffectOptions): PlanEffects {
  const { client, door, unfinished, keep, cluster, folder, now, known, dispatch } = options;
  const stopping = new AbortController();

  async function apply({
    plan,
    title,
    names,
    resumes: operation,
    agreed,
  }: Applying): Promise<void> {
    const { begin, resumes, release } = await unfinished.keep(title, operation, plan.maintenance);
    const gathered = gatherResults(now, (came) =>
      dispatch({ type: 'progress', results: came, total: names.length }),
    );
    try {
      const through = door.agreed(agreed ?? null);
      const { results, ...more } = await applyPlan(through, plan, new Set(names), {
        keep,
        begin,
        resumes,
        signal: stopping.signal,
        onResult: gathered.add,
        ...tellWriting(names.length, now, dispatch),
      });
      gathered.end();
      const notes = await unfinished.forgetUndone(plan, results);
      dispatch({ type: 'applied', ...summaryOf(results, { each: false, ...more, notes }) });
    } finally {
      gathered.end();
      await release();
      await unfinished.tell();
    }
  }

  async function list(): Promise<void> {
    try {
      const files = await listSnapshots(folder);
      dispatch({ type: 'snapshots', files });
      const compared = await withDifferences(folder, files);
      if (compared.some(({ differs }) => differs !== null))
        dispatch({ type: 'snapshots', files: compared });
    } catch (error) {
      if (!(error instanceof OperatorError)) throw error;
      dispatch({ type: 'snapshots', files: [], problem: error.message });
    }
  }

  return {
    snapshot: async ({ label, names } = {}) => {
      const began = now();
      const onProgress = (coming: Coming): void => {
        const progress = { text: progressText(coming, now() - began), share: shareOf(coming) };
        dispatch({ type: 'waiting', text: takingText(names), progress });
      };
      const { signal } = stopping;
      const named = label === undefined ? {} : { label: labelOf(label) };
      const chosen =
        names === undefined ? null : await chosenOf(client, { names, filter: null }, signal);
      const { path, manifest, damage } = await takeSnapshot(
        chosen?.dkron ?? client,
        { folder: await privateFolder(folder) },
        {
          kind: 'hand',
          cluster: cluster(),
          ...named,
          ...(chosen && { choose: chosen.choose }),
          onProgress,
          now,
          signal,
        },
      );
      if (damage) throw damageError(damage, path);
      const what = names === undefined ? 'job' : 'marked job';
      const text = `${counted(manifest.count, what)} saved to ${path}`;
      dispatch({ type: 'flash', flash: { level: 'ok', text } });
      await list();
    },
    list,
    plan: async ({ file, ...how }) => {
      const [planned, around, damage] = await Promise.all([
        readJobFiles([file]).then((read) => planFiles(client, read, how)),
        judging(options),
        damageOf(file),
      ]);
      const origin = originOf(how.spaced ? 'apply' : 'restore', [file]);
      const plan = await inTurns(
        checkSteps({ ...planned.plan, origin }, planned.live.jobs, around),
      );
      dispatch({ type: 'plan', id: file, plan });
      if (damage !== null) dispatch({ type: 'flash', flash: { level: 'error', text: damage } });
    },
    export: async (folder, names) =>
      dispatch(await exportJobs(client, folder, names, stopping.signal)),
    apply: (wanted) =>
      apply(wanted).catch((error: unknown) => {
        const lines = explain(known(error));
        dispatch({ type: 'applied', text: lines.join(' · '), ok: false });
      }),
    stop: () => stopping.abort(),
  };
}
