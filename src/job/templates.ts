import type { Job } from './job.ts';
import { wholeJob } from './zero.ts';

/** What a new job begins with: it runs by hand only until it is given a schedule. */
const configs = {
  http: {
    method: 'GET',
    url: '',
    headers: '[]',
    body: '',
    timeout: '30',
    expectCode: '200',
  },
  shell: { command: '', shell: 'true' },
} as const;

export type Template = keyof typeof configs;

export const templates = Object.keys(configs) as readonly Template[];

/** A new job of this kind, with the settings that one most often fills in. */
export const jobFrom = (template: Template, name: string): Job =>
  wholeJob({
    name,
    schedule: '@manually',
    executor: template,
    executor_config: { ...configs[template] },
  });
