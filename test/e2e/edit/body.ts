/** A job whose body is edited. */
import type { Definition } from '../../support/jobs.ts';
import type { Server } from '../driver/server.ts';

/** Nothing runs it. */
export const withBody = (body: string): Definition => ({
  name: 'zones',
  executor: 'http',
  executor_config: { method: 'POST', url: 'http://localhost:1/', body },
});

/** As the server has it now. */
export const bodyOf = async (server: Server): Promise<string> =>
  (await server.job('zones')).executor_config!['body']!;
