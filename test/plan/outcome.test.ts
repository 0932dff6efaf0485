import { describe, expect, it } from 'vitest';
import {
  ChangedMeanwhile,
  NoLeader,
  NotSent,
  OperatorError,
  OutcomeUnknown,
  Paused,
  ReadOnly,
  Refused,
  Unreachable,
} from '../../src/base/errors.ts';
import type { Action, RestoreOutcome } from '../../src/plan/model.ts';
import {
  endOf,
  heldBack,
  isDone,
  type Told,
  told,
  toldRun,
  verdict,
  waitingText,
} from '../../src/plan/outcome.ts';
import { aJob } from '../support/jobs.ts';

/** Each cell by hand: what an operator reads of an action that ended so. */
const sentences: Record<Action, Record<RestoreOutcome, string>> = {
  write: {
    written: 'written and verified',
    same: 'already up to date',
    refused: 'not written',
    changed: 'not written',
    unknown: 'not known whether it was written',
    skipped: 'not written',
  },
  create: {
    written: 'written and verified',
    same: 'already up to date',
    refused: 'not created',
    changed: 'not created',
    unknown: 'not known whether it was created',
    skipped: 'not created',
  },
  delete: {
    written: 'deleted and verified',
    same: 'already deleted',
    refused: 'not deleted',
    changed: 'not deleted',
    unknown: 'not known whether it was deleted',
    skipped: 'not deleted',
  },
  disable: {
    written: 'disabled and verified',
    same: 'already disabled',
    refused: 'not disabled',
    changed: 'not disabled',
    unknown: 'not known whether it was disabled',
    skipped: 'not disabled',
  },
  enable: {
    written: 'enabled and verified',
    same: 'already enabled',
    refused: 'not enabled',
    changed: 'not enabled',
    unknown: 'not known whether it was enabled',
    skipped: 'not enabled',
  },
  run: {
    written: 'finished',
    same: 'nothing to run',
    refused: 'not run',
    changed: 'not run',
    unknown: 'not known whether it was run',
    skipped: 'not run',
  },
  clear: {
    written: 'cleared',
    same: 'no executions to clear',
    refused: 'not cleared',
    changed: 'not cleared',
    unknown: 'not known whether it was cleared',
    skipped: 'not cleared',
  },
};

const actions = Object.keys(sentences) as Action[];
const cells = actions.flatMap((action) =>
  (Object.entries(sentences[action]) as [RestoreOutcome, string][]).map(
    ([outcome, sentence]) => [action, outcome, sentence] as const,
  ),
);

/** What makes a change fail, by what became of it then. */
const causes: Record<'refused' | 'changed' | 'unknown', readonly OperatorError[]> = {
  refused: [Refused, Paused, NoLeader, ReadOnly, Unreachable].map((kind) => new kind('why')),
  changed: [new ChangedMeanwhile('why')],
  unknown: [new OutcomeUnknown('why')],
};

describe('what an operator reads of a change', () => {
  it.each(cells)('%s that is %s: %s', (action, outcome, sentence) => {
    expect(verdict(action, outcome)).toBe(sentence);
  });

  it.each(actions)('has the verdict before the cause, whatever the cause: %s', (action) => {
    for (const outcome of ['refused', 'changed', 'unknown'] as const)
      for (const cause of causes[outcome]) {
        const result = { outcome, error: cause } as Parameters<typeof told>[1];
        expect(told(action, result)).toEqual({
          outcome,
          action,
          message: `${sentences[action][outcome]}: why`,
          error: cause,
          ...(outcome === 'changed' ? { now: null } : {}),
        });
      }
  });

  it.each(actions)('never says of what was not sent that it was: %s', (action) => {
    const error = new NotSent('not sent: interrupted');
    expect(told(action, { outcome: 'refused', error })).toEqual({
      outcome: 'skipped',
      action,
      message: 'not sent: interrupted',
      error,
    });
  });

  it('has what it means and what to do after it', () => {
    const error = new OperatorError('why', { data: 'What it means.', next: 'What to do.' });
    expect(told('delete', { outcome: 'refused', error }).message).toBe(
      'not deleted: why · What it means. · What to do.',
    );
  });

  it('tells a run by the nodes on which it failed', () => {
    expect(toldRun([])).toEqual({ outcome: 'written', message: 'finished', action: 'run' });
    expect(toldRun(['n1', 'n2'])).toMatchObject({ outcome: 'written', runFailed: true });
    expect(toldRun(['n1', 'n2']).message).toContain('n1, n2');
  });

  it('has what the journal lacks, and the job as somebody else made it', () => {
    const done = { outcome: 'written', before: null, after: null } as const;
    expect(told('write', done).message).toBe('written and verified');
    expect(told('write', { ...done, unnoted: 'the disk is full' }).message).toBe(
      'written and verified; the disk is full',
    );
    const now = { text: '', job: aJob() };
    const changed = {
      outcome: 'changed',
      error: new ChangedMeanwhile('why'),
      merge: null,
    } as const;
    expect(told('write', { ...changed, now }).now).toBe(now.job);
    expect(told('write', { ...changed, now: null }).now).toBeNull();
  });

  it('says how long a server is waited for', () => {
    expect(waitingText(new Unreachable('it is gone'))).toBe('it is gone; waiting up to 30 s');
  });

  it('says of what was held back what became of the other', () => {
    const messages = (['refused', 'unknown'] as const).map(
      (outcome) => heldBack('its parent a', { outcome, action: 'create', message: '' }).message,
    );
    expect(messages).toEqual([
      'not sent: its parent a was not created',
      'not sent: it is not known whether its parent a was created',
    ]);
  });
});

it('what is as it should be is done', () => {
  const outcomes = ['written', 'same', 'refused', 'changed', 'unknown', 'skipped'] as const;
  expect(outcomes.filter((outcome) => isDone({ outcome, message: '' }))).toEqual([
    'written',
    'same',
  ]);
});

describe('the sending of the rest', () => {
  const failed = (error: OperatorError): Told => ({ outcome: 'refused', message: '', error });
  const paused = new Paused('it is paused');

  it.each<[string, Told[], string | null]>([
    ['goes on where nothing was amiss', [{ outcome: 'written', message: '' }], null],
    ['goes on past what is about one', [failed(new Refused('no'))], null],
    ['goes on past what is not known of one', [failed(new OutcomeUnknown('not shown'))], null],
    ['goes on past a change by somebody else', [failed(new ChangedMeanwhile('changed'))], null],
    ['goes on, to say so of each, after an interruption', [failed(new NotSent('not sent'))], null],
    ['ends at what all would get', [failed(paused)], 'not sent: it is paused'],
    ['ends where the disk is full', [failed(new OperatorError('full'))], 'not sent: full'],
    [
      'ends at what kept back others',
      [
        failed(new OutcomeUnknown('it gave no answer')),
        failed(new NotSent('not sent', { cause: new OutcomeUnknown('it gave no answer') })),
      ],
      'not sent: it gave no answer',
    ],
  ])('%s', (_what, results, message) => {
    expect(endOf(results, 'create')).toEqual(
      message === null ? null : { outcome: 'skipped', action: 'create', message, open: true },
    );
  });
});
