/** The filter language of the jobs table and of `dkron-tui jobs`: words, `key:value`, `!` inverts. */
import type { Job } from '../job/job.ts';
import { type JobStatus, jobStatus } from '../job/status.ts';

type Test = (job: Job, status: JobStatus) => boolean;

const contains = (text: string | null | undefined, part: string): boolean =>
  (text ?? '').toLowerCase().includes(part);

/** What is typed so far of a value that has few: the table does not empty until it is whole. */
const begins = (text: string, start: string): boolean => text.toLowerCase().startsWith(start);

/** `k=v` in a map, or `k` alone for any value. */
function inMap(map: Record<string, string> | null, pair: string): boolean {
  const [key = '', value] = pair.split(/=(.*)/s);
  return Object.entries(map ?? {}).some(([name, text]) =>
    value === undefined ? begins(name, key) : name.toLowerCase() === key && begins(text, value),
  );
}

/** What a status is found by: who asks for the failed means those that failed on some nodes too. */
const statusWords = (status: JobStatus): readonly string[] =>
  status === 'partially_failed' ? [status, 'failed'] : [status];

/** One row per key of the language: what it compares, and what `?` and the docs say of it. */
export const filterKeys = {
  status: {
    help: 'status:failed  success, failed (partly too), partial, running, disabled or never',
    test:
      (value): Test =>
      (_job, status) =>
        statusWords(status).some((word) => word.startsWith(value)),
  },
  disabled: {
    help: 'disabled:true',
    test:
      (value): Test =>
      (job) =>
        begins(String(job.disabled), value),
  },
  executor: {
    help: 'executor:http',
    test:
      (value): Test =>
      (job) =>
        begins(job.executor, value),
  },
  owner: {
    help: 'owner:mobility  owner or its e-mail',
    test:
      (value): Test =>
      (job) =>
        contains(job.owner, value) || contains(job.owner_email, value),
  },
  schedule: {
    help: 'schedule:@every',
    test:
      (value): Test =>
      (job) =>
        contains(job.schedule, value),
  },
  zone: {
    help: 'zone:paris',
    test:
      (value): Test =>
      (job) =>
        contains(job.timezone, value),
  },
  parent: {
    help: 'parent:NAME  its children',
    test:
      (value): Test =>
      (job) =>
        begins(job.parent_job, value),
  },
  tag: {
    help: 'tag:role=web  or tag:role',
    test:
      (value): Test =>
      (job) =>
        inMap(job.tags, value),
  },
  meta: {
    help: 'meta:partner=keolis  or meta:partner',
    test:
      (value): Test =>
      (job) =>
        inMap(job.metadata, value),
  },
  body: {
    help: 'body:text  anywhere in the executor configuration',
    test:
      (value): Test =>
      (job) =>
        Object.values(job.executor_config ?? {}).some((text) => contains(text, value)),
  },
} as const satisfies Record<string, { help: string; test: (value: string) => Test }>;

const isKey = (key: string): key is keyof typeof filterKeys => Object.hasOwn(filterKeys, key);

/** `executor:http !status:failed "two words"`: words outside quotes end at white space. */
function words(text: string): string[] {
  return [...text.matchAll(/(?:[^\s"]|"[^"]*"?)+/g)].map(([word]) => word.replaceAll('"', ''));
}

function test(word: string): Test {
  const [, key = '', value = ''] = /^([a-z]+):(.*)$/s.exec(word) ?? [];
  if (isKey(key)) return value === '' ? () => true : filterKeys[key].test(value);
  return (job) => contains(job.name, word) || contains(job.displayname, word);
}

/** Every word must hold. An unfinished one (`!`, `status:`) holds always, so typing never empties the table. */
export function parseFilter(text: string): (job: Job, running: boolean) => boolean {
  const tests = words(text.toLowerCase()).flatMap((word): Test[] => {
    const inverted = word.startsWith('!');
    const rest = inverted ? word.slice(1) : word;
    if (rest === '' || (isKey(rest.replace(/:$/, '')) && rest.endsWith(':'))) return [];
    const holds = test(rest);
    return [inverted ? (job, status) => !holds(job, status) : holds];
  });
  return (job, running) => {
    const status = jobStatus(job, running);
    return tests.every((holds) => holds(job, status));
  };
}
