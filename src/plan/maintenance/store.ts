/**
 * The maintenance of one cluster: a file, which is there before the first job is disabled and goes when the last is
 * back. Beside it stands who works at it, while that is done (config/hold.ts).
 */
import { rm } from 'node:fs/promises';
import { NotFound, OperatorError } from '../../base/errors.ts';
import { fileError } from '../../config/files.ts';
import { hold, holderOf, holderText } from '../../config/hold.ts';
import { writeWhole } from '../../config/whole-file.ts';
import {
  type Maintenance,
  type MaintenanceRecord,
  readHead,
  readRecord,
  recordText,
} from './record.ts';

/** A maintenance, or the place for one, that no other program starts or ends meanwhile. */
export interface Held {
  /** As it is on the disk; null for none. */
  readonly record: MaintenanceRecord | null;
  /** Throws OperatorError. */
  readonly write: (record: MaintenanceRecord) => Promise<void>;
  /** It is over. Throws OperatorError. */
  readonly forget: () => Promise<void>;
  /** Never rejects. */
  readonly release: () => Promise<void>;
}

/** A maintenance as others see it. */
export interface MaintenanceSeen extends Maintenance {
  /** Its start or its end has come half way, and no program is at work on it. */
  readonly interrupted: boolean;
}

export interface MaintenanceStore {
  /** What goes on, without its jobs; null for nothing. Throws CorruptFile, OperatorError. */
  readonly head: () => Promise<MaintenanceSeen | null>;
  /** The same with its jobs. */
  readonly read: () => Promise<MaintenanceRecord | null>;
  /** Throws OperatorError while another program has it, and as reading does. */
  readonly take: () => Promise<Held>;
  /** Removes the file, whatever it says; as `take`. */
  readonly forget: () => Promise<void>;
}

export function openMaintenance(path: string): MaintenanceStore {
  const holding = `${path}.by`;
  const none = async <T>(read: Promise<T>): Promise<T | null> => {
    try {
      return await read;
    } catch (error) {
      const failure = fileError(path, 'read', error);
      if (failure instanceof NotFound) return null;
      throw failure;
    }
  };
  const remove = async (): Promise<void> => {
    try {
      await rm(path, { force: true });
    } catch (error) {
      throw fileError(path, 'removed', error);
    }
  };
  const mine = async () => {
    const held = await hold(holding);
    if (held !== null) return held;
    const who = await holderText(holding);
    throw new OperatorError(`another program is at work on the maintenance${who}`, {
      data: 'Nothing was changed.',
      next: 'Wait until it has ended, or end it; then try again.',
    });
  };

  return {
    head: async () => {
      const head = await none(readHead(path));
      if (head === null) return null;
      const interrupted = head.step !== 'running' && (await holderOf(holding)) === null;
      return { ...head, interrupted };
    },
    read: () => none(readRecord(path)),
    take: async () => {
      const { release } = await mine();
      try {
        const record = await none(readRecord(path));
        const write = (next: MaintenanceRecord): Promise<void> =>
          writeWhole(path, recordText(next), { flush: true });
        return { record, write, forget: remove, release };
      } catch (error) {
        await release();
        throw error;
      }
    },
    forget: async () => {
      const { release } = await mine();
      await remove().finally(release);
    },
  };
}
