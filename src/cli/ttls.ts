import { OperatorError } from '../base/errors.ts';
import { readTtls } from '../contexts/ttl-source.ts';
import type { TtlTable } from '../job/ttl/table.ts';
import type { Invocation } from './invocation.ts';
import { printNote } from './output.ts';

/** The table of TTLs that the context names, for a change: where it cannot be read the change goes on. */
export async function ttlsFor({ io, json, target }: Invocation): Promise<TtlTable | undefined> {
  const { ttl } = target.lint;
  if (ttl === null) return undefined;
  try {
    return await readTtls(ttl, io.env);
  } catch (error) {
    if (!(error instanceof OperatorError)) throw error;
    if (!json) printNote(io, `TTLs are not checked: ${error.message}`);
    return undefined;
  }
}
