/** Puts jobs that arrive one by one into an order in which every parent precedes its children. */
export interface ParentsFirst {
  /** The jobs that may follow now: this one, and those that waited for it; or none yet. */
  push(job: Uint8Array): Uint8Array[];
  /** The jobs still waiting: their parents are not in the list, or wait for them in a circle. */
  rest(): Uint8Array[];
}

interface Waiting {
  readonly name: string;
  readonly job: Uint8Array;
}

/**
 * Only children that arrive before their parents are kept in memory. Works on the bytes of jobs,
 * because parsing 10 000 jobs takes longer than a server needs to send them.
 */
export function parentsFirst(): ParentsFirst {
  const gone = new Set<string>();
  const waiting = new Map<string, Waiting[]>();

  const release = (first: Waiting): Uint8Array[] => {
    const released = [first];
    for (const { name } of released) {
      gone.add(name);
      released.push(...(waiting.get(name) ?? []));
      waiting.delete(name);
    }
    return released.map(({ job }) => job);
  };

  return {
    push(bytes) {
      const job = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
      const parent = textField(job, 'parent_job');
      const child = { name: textField(job, 'name'), job };
      if (parent === '' || gone.has(parent)) return release(child);
      const siblings = waiting.get(parent);
      if (siblings) siblings.push(child);
      else waiting.set(parent, [child]);
      return [];
    },
    rest() {
      const held = new Set([...waiting.values()].flat().map(({ name }) => name));
      const orphansOf = [...waiting.keys()].filter((parent) => !held.has(parent));
      return [...orphansOf, ...waiting.keys()].flatMap((parent) => {
        const children = waiting.get(parent) ?? [];
        waiting.delete(parent);
        return children.flatMap(release);
      });
    },
  };
}

type Field = 'name' | 'parent_job';

const markers: Record<Field, Buffer> = {
  name: Buffer.from('"name":"'),
  parent_job: Buffer.from('"parent_job":"'),
};
const quote = 0x22;

/**
 * A text field of a job, "" when it has none. Dkron writes both fields into every job; so where
 * the field's name is found only once, that is the field, and not a key of `metadata` or `tags`.
 */
function textField(job: Buffer, field: Field): string {
  const marker = markers[field];
  const at = job.indexOf(marker);
  if (at >= 0 && job.indexOf(marker, at + 1) < 0) {
    const start = at + marker.length;
    const text = job.toString('utf8', start, job.indexOf(quote, start));
    if (!text.includes('\\')) return text;
  }
  return (JSON.parse(job.toString()) as Partial<Record<Field, string>>)[field] ?? '';
}
