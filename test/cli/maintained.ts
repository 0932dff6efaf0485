/** A server with jobs to disable for a while, and what the commands of a maintenance do with them. */
import { openMaintenance } from '../../src/plan/maintenance/store.ts';
import { keptAt } from '../support/kept.ts';
import { ask } from '../support/servers.ts';
import { fresh } from './fresh.ts';
import { places } from './run.ts';

const jobs = ['db-a', 'db-b', 'db-c', 'other'].map((name) => ({ name }));

export async function maintained() {
  const at = await fresh(...jobs, { name: 'db-off', disabled: true });
  return {
    ...at,
    start: (...argv: string[]) => at.dkron('maintenance', 'start', ...argv),
    end: (...argv: string[]) => at.dkron('maintenance', 'end', ...argv),
    enabled: async () => {
      const all = await Promise.all((await at.names()).map(at.job));
      return all.flatMap((job) => (job!.disabled ? [] : job!.name)).sort();
    },
    change: async (name: string, fields: object) =>
      ask(`${at.url}/v1/jobs`, 'POST', { ...(await at.job(name)), ...fields }),
    record: async () => openMaintenance((await keptAt(places, at.url)).maintenance).read(),
  };
}
