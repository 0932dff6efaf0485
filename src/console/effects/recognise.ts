/**
 * Which cluster it is whose jobs are shown. With every list it is looked whether it is still the one
 * of the lists before (cluster/judge.ts): a port-forward may lead elsewhere from one read to the next.
 */
import { explain, OperatorError } from '../../base/errors.ts';
import { inTurns } from '../../base/steps.ts';
import {
  type Fingerprint,
  remember,
  rememberAhead,
  type Sighting,
  without,
} from '../../cluster/fingerprint.ts';
import {
  type Cluster,
  type Identified,
  identify,
  shortNameOf,
  type Way,
} from '../../cluster/identify.ts';
import { judge } from '../../cluster/judge.ts';
import { ownChanges } from '../../cluster/own-changes.ts';
import type { Register } from '../../cluster/register.ts';
import type { Message, Recognised } from '../state/model.ts';
import type { Looked } from './look.ts';
import { sightingOf } from './sighting-of.ts';

export interface Recogniser {
  /**
   * Whether the list is to be shown; the first time it may take a look at the disk. Of some jobs: whether
   * they are of the cluster that is shown; if not, only the whole list tells of which.
   */
  readonly recognise: (looked: Looked) => Promise<boolean>;
  /** What the operator said of the one that answers. */
  readonly settle: (as: 'same' | 'other') => Promise<void>;
  /** The cluster that is shown; null before it is known. */
  readonly shown: () => Cluster | null;
  /** Whether it is the one that answers. */
  readonly isSure: () => boolean;
  /** This machine changed these jobs: what was known of them says nothing any more. */
  readonly changed: (names: readonly string[]) => Promise<void>;
  /** Notes on the disk what was seen last. */
  readonly close: () => Promise<void>;
}

export interface RecogniserOptions {
  readonly register: Register;
  readonly way: Way;
  /** The one that the operator chose to see; else whoever answers. */
  readonly chosen: Cluster | null;
  /** Asks the server for more where it is not certain whether it is one of these (cluster/sighting.ts). */
  readonly closer: (known: readonly Fingerprint[], seen: Sighting) => Promise<Sighting>;
  readonly now: () => number;
  readonly dispatch: (message: Message) => void;
  /** It is known now which it is: what is kept of it can be opened. */
  readonly onKnown: (cluster: Cluster) => Promise<void>;
  /** The operator wants to see that one in place of the one that is shown. */
  readonly onTaken: (cluster: Cluster) => void;
}

/** What the disk has of a cluster is as old as this at most, ms. */
const keptWithin = 60_000;

export function createRecogniser(options: RecogniserOptions): Recogniser {
  const { register, way, chosen, closer, now, dispatch, onKnown, onTaken } = options;
  let shown: Cluster | null = null;
  let isSure = false;
  let keptAt = 0;
  /** What is kept of it is open. */
  let isOpen = false;
  /** The disk is busy with the one that is shown already; what is seen next waits for it. */
  let opening: Promise<void> | null = null;
  /** How many of the sentences of the register were said. */
  let told = 0;
  let last: Sighting | null = null;
  let skew = 0;
  const own = ownChanges(() => now() - skew);
  /** What a doubt is about: the one it may be, and the one that it is otherwise. */
  let doubt: { readonly expected: Cluster; readonly instead: Cluster } | null = null;

  const tell = (cluster: Recognised): void => dispatch({ type: 'recognised', cluster });

  /** A disk that refuses is told of, and holds up nothing: what was seen is in memory. */
  async function keep(cluster: Cluster, seen: Sighting): Promise<Cluster> {
    keptAt = now();
    try {
      return await register.keep(cluster, seen, way);
    } catch (error) {
      tellOf(error);
      return { ...cluster, fingerprint: remember(seen, cluster.fingerprint) };
    }
  }

  async function whoIs(seen: Sighting, by: Way): Promise<Identified> {
    try {
      const all = await register.all();
      const fingerprints = all.map(({ fingerprint }) => fingerprint);
      return identify(all, await lookCloser(fingerprints, seen), by);
    } catch (error) {
      tellOf(error);
      return identify([], seen, by);
    }
  }

  /** A server that does not answer to that has answered already: what was seen is judged as it is. */
  async function lookCloser(known: readonly Fingerprint[], seen: Sighting): Promise<Sighting> {
    try {
      return await closer(known, seen);
    } catch (error) {
      if (error instanceof OperatorError) return seen;
      throw error;
    }
  }

  /** Throws what is no word for an operator. */
  function tellOf(error: unknown): void {
    if (!(error instanceof OperatorError)) throw error;
    dispatch({ type: 'flash', flash: { level: 'error', text: explain(error).join(' · ') } });
  }

  /** From here on it is this one. Its rows need not wait for the disk; all that writes does, until it is told. */
  async function take(cluster: Cluster, seen: Sighting): Promise<void> {
    shown = { ...cluster, label: way.context ?? cluster.label };
    isSure = true;
    doubt = null;
    shown = await keep(cluster, seen);
    for (const text of register.takenOver().slice(told))
      dispatch({ type: 'flash', flash: { level: 'info', text } });
    told = register.takenOver().length;
    if (!isOpen) await onKnown(shown);
    isOpen = true;
    tell({ kind: 'known', name: shortNameOf(shown) });
  }

  /** What went wrong with the disk is told of by the look that comes next. */
  async function opened(): Promise<void> {
    const under = opening;
    opening = null;
    await under;
  }

  function hesitate(
    kind: 'unsure' | 'another',
    { expected, instead, why }: { expected: Cluster; instead: Cluster; why: string },
  ): false {
    isSure = false;
    doubt = { expected, instead };
    tell({ kind, name: shortNameOf(expected), instead: shortNameOf(instead), why });
    return false;
  }

  async function first(seen: Sighting): Promise<boolean> {
    const found = chosen === null ? await whoIs(seen, way) : ofChosen(chosen, seen);
    switch (found.kind) {
      case 'known':
      case 'new':
        opening = take(found.cluster, seen);
        opening.catch(() => {});
        if (found.before !== null) dispatch(elsewhere(found.before.cluster, found.cluster));
        return true;
      case 'unsure': {
        const [expected] = found.candidates;
        return !hesitate('unsure', { expected, instead: found.fresh, why: found.why });
      }
      case 'another':
        return hesitate('another', found);
    }
  }

  async function later(cluster: Cluster, seen: Sighting): Promise<boolean> {
    const known = own.knownStill(cluster.fingerprint);
    const first = judge(known, seen);
    const isUnclear = first.verdict === 'unsure' && doubt === null;
    const { verdict, why } = isUnclear ? judge(known, await lookCloser([known], seen)) : first;
    if (verdict === 'same') {
      if (isNews(cluster.fingerprint, seen))
        shown = { ...cluster, fingerprint: remember(seen, cluster.fingerprint) };
      if (!isSure || !isOpen) await take(shown ?? cluster, seen);
      else if (now() - keptAt > keptWithin) shown = await keep(shown ?? cluster, seen);
      return true;
    }
    if (doubt === null) {
      const found = await whoIs(seen, { ...way, context: null });
      const instead = insteadOf(cluster, found);
      return hesitate(verdict === 'other' ? 'another' : 'unsure', {
        expected: cluster,
        instead,
        why,
      });
    }
    return false;
  }

  /** A few jobs may only say that nothing changed: whatever else they say, the whole list is asked. */
  const isStill = (cluster: Cluster, seen: Sighting): boolean =>
    judge(own.knownStill(cluster.fingerprint), seen).verdict === 'same';

  return {
    recognise: async (looked) => {
      await opened();
      const seen = sightingOf(looked, last);
      if (looked.some !== undefined) return isSure && shown !== null && isStill(shown, seen);
      last = seen;
      skew = looked.skew;
      if (shown === null || isNews(shown.fingerprint, seen)) await inTurns(rememberAhead(seen));
      return shown === null ? first(seen) : later(shown, seen);
    },
    settle: async (as) => {
      await opened();
      if (doubt === null || last === null) return;
      if (as === 'same') return take(doubt.expected, last);
      // Nothing was opened yet: there is nothing to leave behind.
      if (shown === null) return take(doubt.instead, last);
      onTaken(doubt.instead);
    },
    shown: () => shown,
    isSure: () => isSure,
    changed: async (names) => {
      own.note(names);
      if (shown === null) return;
      shown = { ...shown, fingerprint: without(shown.fingerprint, new Set(names)) };
      // The disk may be full: what is in memory is what counts now.
      await register.changed(shown, names).catch(() => {});
    },
    close: async () => {
      await opened();
      if (isSure && shown !== null && last !== null) await keep(shown, last);
    },
  };
}

/** What is remembered is made anew for other nodes, and else this often, ms: it costs a sort of all jobs. */
const freshWithin = 15_000;

const isNews = (known: Fingerprint, seen: Sighting): boolean =>
  seen.at - known.at >= freshWithin || JSON.stringify(known.nodes) !== JSON.stringify(seen.nodes);

const ofChosen = (cluster: Cluster, seen: Sighting): Identified =>
  judge(cluster.fingerprint, seen).verdict === 'other'
    ? {
        kind: 'another',
        expected: cluster,
        instead: cluster,
        why: judge(cluster.fingerprint, seen).why,
      }
    : { kind: 'known', cluster, before: null };

/** Who answers in place of the one that is shown. */
function insteadOf(shown: Cluster, found: Identified): Cluster {
  if (found.kind === 'another') return found.instead;
  if (found.kind === 'unsure') return found.fresh;
  return found.cluster.id === shown.id ? shown : found.cluster;
}

const elsewhere = (before: Cluster, now: Cluster): Message => ({
  type: 'flash',
  flash: {
    level: 'info',
    text:
      shortNameOf(before) === shortNameOf(now)
        ? 'another cluster than last time answers at this address: drafts and journal are its own'
        : `${shortNameOf(now)} answers here; last time it was ${shortNameOf(before)}`,
  },
});
