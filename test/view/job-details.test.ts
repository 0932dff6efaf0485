import { describe, expect, it } from 'vitest';
import { frameOf } from '../../src/console/frame/frame.ts';
import type { State } from '../../src/console/state/model.ts';
import type { Job } from '../../src/job/job.ts';
import { detailLines } from '../../src/view/job-details.ts';
import { lineText } from '../../src/view/line.ts';
import { press, showing, type } from '../console/states.ts';
import { aJob } from '../support/jobs.ts';

const text = (fields: Partial<Job>, columns = 78): string =>
  detailLines(showing([]), aJob(fields), columns)
    .map((line) => lineText(line).trimEnd())
    .join('\n');
const http = (config: Record<string, string>): Partial<Job> => ({
  executor: 'http',
  executor_config: { method: 'GET', url: 'http://x', ...config },
});

describe('the details of a job', () => {
  it('show a long address whole, over lines', () => {
    const url = `http://cache/refresh?partnerId=71ec0a30&${'key=value&'.repeat(20)}end=1`;
    expect(text(http({ url })).replaceAll(/\s/g, '')).toContain(url);
  });

  it('show headers, or that Dkron sends none of them', () => {
    expect(text(http({ headers: '["X-Key: a", "Accept: b"]' }))).toMatch(/X-Key: a\n +Accept: b/);
    for (const headers of ['X-Key: a', '{"X-Key":"a"}', '[1]'])
      expect(text(http({ headers }))).toContain('Dkron sends none of them');
    expect(text(http({}))).not.toContain('sends none');
  });

  it('show what makes a run a success, whole', () => {
    expect(text(http({}))).toContain('nothing: any answer counts as success');
    const expectBody = `${'(ok|fine) '.repeat(20)}end`;
    expect(text(http({ expectCode: '200', expectBody })).replaceAll(/\s+/g, ' ')).toContain(
      expectBody.trim(),
    );
  });

  it.each<[string, Partial<Job>, string]>([
    ['a child', { parent_job: 'root' }, 'after root succeeds'],
    ['a disabled job', { disabled: true }, 'disabled: it does not run'],
    ['a schedule that this Dkron cannot run', { schedule: 'whenever' }, 'cannot run this schedule'],
    [
      'a next run that Dkron has otherwise',
      { schedule: '0 0 3 * * *', next: '2026-11-21T20:00:00Z' },
      'Dkron says 2026-11-21T20:00:00Z',
    ],
    ['a job that ends', { expires_at: '2027-01-01T00:00:00Z' }, 'until 2027-01-01T00:00:00Z'],
    ['a job that is deleted', { ephemeral: true }, 'deleted after its first success'],
    ['a job without configuration', { executor_config: null }, 'no configuration'],
    ['an owner', { owner: 'mob', owner_email: 'mob@example.org' }, 'mob <mob@example.org>'],
    ['metadata', { metadata: { partner: 'keolis' } }, 'partner=keolis'],
    ['processors', { processors: { files: { forward: 'true' } } }, 'files(forward=true)'],
  ])('say of %s what matters', (_, fields, words) => {
    expect(text(fields)).toContain(words);
  });
});

it('are worked out once as long as nothing changes that they say', () => {
  const [state, job] = [showing([]), aJob()];
  const lines = detailLines(state, job, 78);
  expect(detailLines(press(state, '?'), job, 78)).toBe(lines);
  for (const other of [
    detailLines({ ...state, now: state.now + 60_000 }, job, 78),
    detailLines(state, { ...job, retries: 3 }, 78),
  ])
    expect(other.map(lineText)).not.toEqual(lines.map(lineText));
});

it('leave the words for the schedule to its editor', () => {
  const open = press(showing([{ name: 'a', schedule: '0 */5 * * * *' }]), 'enter');
  const words = (state: State): string[] =>
    frameOf(state)
      .lines.map(lineText)
      .filter((line) => line.toLowerCase().includes('every 5 minutes'));
  expect(words(open)).toHaveLength(1);
  expect(words(press(open, 'i'))).toHaveLength(1);
  expect(words(press(open, 'i', 'ctrl-u', ...type('@daily')))).toHaveLength(0);
});
