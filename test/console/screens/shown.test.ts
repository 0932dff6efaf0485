import { describe, expect, it } from 'vitest';
import { jobsShown } from '../../../src/console/screens/shown.ts';
import { press, pressing, showing } from '../states.ts';

const jobs = Array.from({ length: 300 }, (_, at) => ({
  name: `job-${String(at).padStart(3, '0')}`,
}));
const state = showing(jobs);

describe('the jobs before the operator', () => {
  it('are the rows of the table that are on the screen, and no others', () => {
    const names = jobsShown(state);
    expect(names[0]).toBe('job-000');
    expect(names).toHaveLength(16);
    const down = press(state, 'G');
    expect(jobsShown(down)).toContain('job-299');
    expect(jobsShown(down)).not.toContain('job-000');
  });

  it('are the one whose details are open', () => {
    expect(jobsShown(press(press(state, 'j'), 'enter'))).toContain('job-001');
  });

  it('are the one under an editor, whatever is shown below', () => {
    const editing = press(press(state, 'j'), 'i');
    expect(editing.overlay?.kind).toBe('schedule');
    expect(jobsShown(editing)[0]).toBe('job-001');
  });

  it('are those that a question is about, also when they are not on the screen', () => {
    const [asking] = pressing(state, ['space', 'space', 'G', 'ctrl-d']);
    expect(asking.overlay?.kind).toBe('typed');
    expect(jobsShown(asking).slice(0, 2).sort()).toEqual(['job-000', 'job-001']);
  });

  it('are no more than anybody reads', () => {
    expect(jobsShown({ ...state, rows: 400 }).length).toBe(200);
  });
});
