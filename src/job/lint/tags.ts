/** Whether there is a node that a job's tags choose (Dkron tags.go, the same from 3.0 to 4.1.2). */
import { type Finding, note, warning } from './finding.ts';

/** What a node that is alive says of itself: `region`, `role`, `server`, and what its operator gave it. */
export type NodeTags = Readonly<Record<string, string>>;

/** `web:2`: the nodes that have `web`, two of them at most. */
interface Asked {
  readonly name: string;
  readonly value: string;
  /** As it is written behind the colon; undefined where there is none. */
  readonly count: string | undefined;
}

/**
 * Without `nodes` only how the tags are written is looked at. Dkron says nothing anywhere where a job
 * finds no node: there is no execution, and a run that is asked for is answered like a missing job.
 */
export function tagFindings(
  tags: Readonly<Record<string, string>> | null,
  nodes: readonly NodeTags[] | undefined,
): Finding[] {
  const asked = askedBy(tags);
  const miscounted = asked.filter(({ count }) => count !== undefined && !isCount(count));
  if (miscounted.length > 0)
    return miscounted.map(({ name }) =>
      warning(
        'tag-count',
        `tags.${name}`,
        'behind its colon stands no number above 0: it never runs',
      ),
    );
  if (nodes === undefined || nodes.length === 0 || asked.length === 0) return [];
  return nodeFindings(asked, inRegion(nodes));
}

const askedBy = (tags: Readonly<Record<string, string>> | null): Asked[] =>
  Object.entries(tags ?? {}).map(([name, text]): Asked => {
    const [value = '', count, ...more] = text.split(':');
    return { name, value, count: more.length === 0 ? count : undefined };
  });

const isCount = (text: string): boolean => /^\+?0*[1-9]\d*$/.test(text);

/** A job runs in the region of its servers only. */
function inRegion(nodes: readonly NodeTags[]): readonly NodeTags[] {
  const servers = nodes.filter((node) => node['server'] === 'true');
  const regions = new Set(servers.map((node) => node['region']));
  return servers.length === 0 ? nodes : nodes.filter((node) => regions.has(node['region']));
}

const has = (node: NodeTags, { name, value }: Asked): boolean =>
  Object.hasOwn(node, name) && node[name] === value;

function nodeFindings(asked: readonly Asked[], nodes: readonly NodeTags[]): Finding[] {
  const nowhere = asked.filter((tag) => !nodes.some((node) => has(node, tag)));
  if (nowhere.length > 0) return nowhere.map((tag) => nowhereFinding(tag, nodes));
  const chosen = nodes.filter((node) => asked.every((tag) => has(node, tag)));
  if (chosen.length === 0)
    return [warning('tags-nowhere', 'tags', 'no living node has all of them: it never runs')];
  return asked
    .filter(({ count }) => Number(count ?? 0) > chosen.length)
    .map(({ name, count }) =>
      note(
        'tags-few',
        `tags.${name}`,
        `asks for ${count} nodes, and ${chosen.length} can be chosen`,
      ),
    );
}

/**
 * The tags, as `name value`, that no living node has, or all of them where none has all; null where there
 * is one, and where nobody tells which nodes there are.
 */
export function missingTags(
  tags: Readonly<Record<string, string>> | null,
  nodes: readonly NodeTags[] | undefined,
): readonly string[] | null {
  if (tags === null || nodes === undefined || nodes.length === 0) return null;
  const asked = askedBy(tags);
  if (asked.length === 0) return null;
  const there = inRegion(nodes);
  if (there.some((node) => asked.every((tag) => has(node, tag)))) return null;
  const nowhere = asked.filter((tag) => !there.some((node) => has(node, tag)));
  return (nowhere.length > 0 ? nowhere : asked).map(({ name, value }) => `${name} ${value}`);
}

/** How many of these nodes a firing runs on; 1 where nobody tells. */
export function nodesChosen(
  tags: Readonly<Record<string, string>> | null,
  nodes: readonly NodeTags[] | undefined,
): number {
  if (nodes === undefined) return 1;
  const asked = askedBy(tags);
  const there = inRegion(nodes).filter((node) => asked.every((tag) => has(node, tag)));
  const counts = asked.flatMap(({ count }) => (count === undefined ? [] : Number(count) || 0));
  return Math.max(1, Math.min(there.length, ...counts));
}

const mentioned = 3;

function nowhereFinding({ name, value }: Asked, nodes: readonly NodeTags[]): Finding {
  const there = new Set(nodes.flatMap((node) => (Object.hasOwn(node, name) ? node[name]! : [])));
  const known = [...there].slice(0, mentioned).join(', ');
  const others = known === '' ? '' : ` (there is ${known})`;
  const text = `no living node has ${name} ${value}${others}: it never runs`;
  return warning('tags-nowhere', `tags.${name}`, text);
}
