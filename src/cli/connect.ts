import { createClient, type Dkron } from '../dkron/client.ts';
import type { Session } from './session.ts';

/** Works with the session's Dkron and closes its connections afterwards. */
export async function withDkron<T>(
  session: Session,
  work: (dkron: Dkron) => Promise<T>,
): Promise<T> {
  const dkron = createClient({ url: session.url });
  try {
    return await work(dkron);
  } finally {
    await dkron.close();
  }
}
