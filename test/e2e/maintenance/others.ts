/** What others do to jobs while a maintenance goes on, behind the back of the program. */
import type { Job } from '../../../src/job/job.ts';
import { ask } from '../../support/servers.ts';

const post = (url: string, job: object): Promise<unknown> => ask(`${url}/v1/jobs`, 'POST', job);
const remove = (url: string, name: string): Promise<unknown> =>
  ask(`${url}/v1/jobs/${name}`, 'DELETE');

/** Each is handed the job as it is, which nobody but they change; false: it is as nobody had touched it. */
export const deeds = {
  'enables it': async (url, job) => post(url, { ...job, disabled: false }),
  'disables it': async (url, job) => post(url, { ...job, disabled: true }),
  'schedules it anew': async (url, job) => post(url, { ...job, schedule: '@every 36h' }),
  'changes and enables it': async (url, job) =>
    post(url, { ...job, disabled: false, owner: 'night shift' }),
  'deletes it': async (url, { name }) => remove(url, name),
  'renames it': async (url, job) => {
    await remove(url, job.name);
    await post(url, { ...job, id: '', name: `${job.name}-new` });
  },
  'writes it as it is': async (url, job) => {
    await post(url, job);
    return false;
  },
  'makes it anew': async (url, job) => {
    await remove(url, job.name);
    await post(url, job);
    return false;
  },
} satisfies Readonly<Record<string, (url: string, job: Job) => Promise<unknown>>>;

export type Deed = keyof typeof deeds;
