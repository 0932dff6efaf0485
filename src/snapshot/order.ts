import type { Job } from '../job/job.ts';

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
 * Only children that arrive before their parents are kept in memory. Jobs are not parsed: that
 * would take longer than their way from the server.
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
    push(job) {
      const { name, parent } = kinOf(job);
      const child = { name, job };
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

/**
 * A job's name and its parent's, as every Dkron writes them: the name at the front, the parent
 * after the list of its own children, where no other key of that name can be mistaken for it (the
 * values of `tags` and `metadata` are strings).
 */
const written =
  /^\{(?:"id":"[^"\\]*",)?"name":"(?<name>[^"\\]*)".*?(?:null|\]),"parent_job":"(?<parent>[^"\\]*)"/s;

function kinOf(job: Uint8Array): { name: string; parent: string } {
  const text = Buffer.from(job.buffer, job.byteOffset, job.byteLength).toString();
  const found = written.exec(text)?.groups;
  if (found) return { name: found['name']!, parent: found['parent']! };
  const { name = '', parent_job } = JSON.parse(text) as Partial<Job>;
  return { name, parent: parent_job ?? '' };
}
