import { describe, expect, it } from 'vitest';
import { OutcomeUnknown, Unreachable } from '../../../src/base/errors.ts';
import { outcomeUnknown, type Unseen } from '../../../src/dkron/write/outcome-unknown.ts';
import { changesOf } from '../../../src/job/compare.ts';
import { aJob, textOf } from '../../support/jobs.ts';

const before = textOf(aJob());
const wanted = aJob({ retries: 2 });
const other = aJob({ retries: 3, displayname: 'x' });

const told = (fields: Partial<Unseen>): OutcomeUnknown =>
  outcomeUnknown({
    url: 'http://d',
    request: { before, wanted },
    failure: undefined,
    look: { holds: false, now: before },
    differs: [],
    ...fields,
  });

describe('what the server has', () => {
  it.each<[string, Partial<Unseen>, RegExp]>([
    ['as before', {}, /still has the job as it was before/],
    [
      'none, as before',
      { request: { before: null, wanted }, look: { holds: false, now: null } },
      /has no such job\./,
    ],
    ['none any more', { look: { holds: false, now: null } }, /has no such job any more/],
    [
      'another one',
      { look: { holds: false, now: textOf(other) }, differs: changesOf(wanted, other) },
      /differs from before and from what was sent: retries, displayname; /,
    ],
    [
      'another one in the place of none',
      {
        request: { before: null, wanted },
        look: { holds: false, now: before },
        differs: changesOf(wanted, before.job),
      },
      /from what was sent: retries; /,
    ],
    [
      'another one that should be gone',
      { request: { before, wanted: null }, look: { holds: false, now: textOf(other) } },
      /from what was sent; /,
    ],
    ['nobody knows', { look: { holds: false, now: undefined } }, /could not be seen\. /],
    [
      'nobody knows, and why',
      { look: { holds: false, now: undefined, failure: new Unreachable('it is gone') } },
      /could not be seen: it is gone\. /,
    ],
  ])('is told: %s', (_what, fields, words) => {
    expect(`${told(fields).data} `).toMatch(words);
  });
});

describe('a change that was accepted', () => {
  it('is told as one that does not show, or that could not be read', () => {
    expect(told({}).message).toBe('http://d accepted the change but does not show it');
    const deletion = { before, wanted: null };
    expect(told({ request: deletion }).message).toContain('accepted the deletion but');
    const failure = new Unreachable('it is gone');
    const unread = told({ look: { holds: false, now: undefined, failure } });
    expect(unread.message).toBe('http://d accepted the change and could not be read again');
    expect(unread.cause).toBe(failure);
    expect(told({}).data).toContain('may show later');
    expect(unread.data).toContain('Most likely it was carried out');
  });
});

describe('a change without an answer', () => {
  it('is told by what became of the request, and what is there now', () => {
    const failure = new OutcomeUnknown('no answer', { data: 'It was sent.', next: 'Look.' });
    const error = told({ failure });
    expect([error.message, error.next, error.cause]).toEqual(['no answer', 'Look.', failure]);
    expect(error.data).toMatch(/^It was sent\. The server still has/);
    const bare = told({ failure: new OutcomeUnknown('no answer') });
    expect(bare.data).toMatch(/^The server still has/);
    expect(bare.next).toBeUndefined();
  });
});
