import { systemClock } from '../base/clock.ts';
import { createClient, type Dkron } from '../dkron/client.ts';
import { type Door, openDoor } from '../dkron/write/door.ts';
import { openJournal } from '../journal/file.ts';
import { skewNote } from '../view/skew.ts';
import { printNote } from './output.ts';
import type { Session } from './session.ts';

/**
 * Works with the session's Dkron and closes its connections afterwards. Says last when the clocks do
 * not agree, for people.
 */
export async function withDkron<T>(
  session: Session,
  work: (dkron: Dkron) => Promise<T>,
): Promise<T> {
  const dkron = createClient({ url: session.url, log: session.io.log });
  const { giveUp } = session.io.leaving;
  // Requests that were sent and are waited for no longer end here, with an unknown outcome.
  giveUp.addEventListener('abort', () => void dkron.close(), { once: true });
  try {
    return await work(dkron);
  } finally {
    const note = session.json ? null : skewNote(dkron.skew);
    if (note !== null) printNote(session.io, note);
    await dkron.close();
  }
}

/** The door to the session's Dkron, with the journal that this machine keeps of it. */
export const doorTo = ({ io, readOnly }: Session, client: Dkron): Door =>
  openDoor({
    client,
    journal: openJournal(io.places.journal(client.url)),
    readOnly,
    clock: systemClock,
  });
