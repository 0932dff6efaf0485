/** A job that is read when more of it is looked at than what its row has at hand. */
import type { Job } from './job.ts';
import type { JobRow } from './row.ts';

/**
 * The job of a row, for whoever goes over all jobs of a server and looks into few of them. It is the
 * whole job to everybody: copied, printed or compared, it has every field. It cannot be changed.
 */
export const readLate = (row: JobRow): Job => new Proxy(row, late) as unknown as Job;

const isAtHand = (row: JobRow, key: string | symbol): boolean => Object.hasOwn(row, key);

const late: ProxyHandler<JobRow> = {
  get: (row, key) =>
    isAtHand(row, key) ? row[key as keyof JobRow] : (row.job[key as string] as unknown),
  has: (row, key) => key in row.job,
  ownKeys: (row) => Reflect.ownKeys(row.job),
  getOwnPropertyDescriptor: (row, key) => {
    const found = Object.getOwnPropertyDescriptor(row.job, key);
    return found && { ...found, configurable: true };
  },
  getPrototypeOf: () => Object.prototype,
  set: () => false,
  defineProperty: () => false,
  deleteProperty: () => false,
};
