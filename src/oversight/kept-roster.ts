/**
 * Which nodes came and went, and who led, kept of a cluster for its later consoles and commands: Dkron
 * remembers none of it. The file holds names of nodes and times.
 */
import { readFile } from 'node:fs/promises';
import * as z from 'zod/mini';
import { jsonOf } from '../base/json.ts';
import { writeWhole } from '../config/whole-file.ts';
import { memberStates } from '../dkron/overview/members.ts';
import { joinedRosters, type KnownRoster, noRoster, type RosterChange } from './roster.ts';

const version = 1;
const text = z.string().check(z.maxLength(1_024));
const name = z.nullable(text);
const state = z.enum(memberStates);
const between = { after: z.number(), by: z.number() };
const changeShape = z.discriminatedUnion('kind', [
  z.object({ ...between, kind: z.literal('leader'), from: name, to: name }),
  z.object({
    ...between,
    kind: z.literal('node'),
    node: text,
    from: z.nullable(state),
    to: z.nullable(state),
  }),
  z.object({ ...between, kind: z.enum(['version', 'tags']), node: text, from: text, to: text }),
]);
const shape = z.object({
  version: z.literal(version),
  last: z.nullable(
    z.object({
      at: z.number(),
      leader: name,
      // Earlier versions kept no tags.
      nodes: z.array(z.tuple([text, state, text, z.optional(name)])),
    }),
  ),
  changes: z.array(z.unknown()),
});

/** What is kept of one cluster. */
export interface RosterFile {
  /** Nothing where there is none that can be read; what of it is not understood is left out. */
  readonly read: () => Promise<KnownRoster>;
  /** Keeps this besides what is there. Rejects with OperatorError when the disk refuses. */
  readonly keep: (more: KnownRoster, now: number) => Promise<void>;
}

export const openRoster = (path: string): RosterFile => ({
  read: () => readRoster(path),
  async keep(more, now) {
    const { last, changes } = joinedRosters(await readRoster(path), more, now);
    const rows = [...(last?.nodes ?? [])].map(([node, { state, version, tags }]) => [
      node,
      state,
      version,
      tags,
    ]);
    const kept = last && { ...last, nodes: rows };
    await writeWhole(path, JSON.stringify({ version, last: kept, changes }));
  },
});

async function readRoster(path: string): Promise<KnownRoster> {
  const parsed = shape.safeParse(jsonOf(await readFile(path, 'utf8').catch(() => '')));
  if (!parsed.success) return noRoster;
  const { last, changes } = parsed.data;
  return {
    last: last && {
      ...last,
      nodes: new Map(
        last.nodes.map(([node, state, version, tags = null]) => [node, { state, version, tags }]),
      ),
    },
    changes: changes.flatMap((one): RosterChange[] => {
      const read = changeShape.safeParse(one).data;
      return read === undefined ? [] : [read];
    }),
  };
}
