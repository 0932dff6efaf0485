/** A release of Dkron, and its preview: Dkron has tagged betas and release candidates. */
const shape = /^v?(\d+\.\d+\.\d+)(?:-((?:beta|rc)[\w.]*))?/;

/**
 * Orders Dkron's versions as they came out: `4.0.9-beta1`, `4.0.9-rc1`, `4.0.9`, `4.1.0`. What else
 * follows a release (a commit, build metadata) is that release. A source build calls itself "devel":
 * what names no release comes last.
 */
export function compareVersions(a: string, b: string): number {
  const [one, other] = [shape.exec(a), shape.exec(b)];
  if (!one || !other) return Number(!one) - Number(!other);
  const [, releaseA, previewA] = one;
  const [, releaseB, previewB] = other;
  return (
    byNumbers(releaseA!, releaseB!) ||
    Number(previewA === undefined) - Number(previewB === undefined) ||
    byNumbers(previewA ?? '', previewB ?? '')
  );
}

/** Whether a Dkron has what came with another version, named by the first tag that has it. */
export function atLeast(version: string, since: string): boolean {
  if (known.version !== version) known = { version, has: new Map() };
  const has = known.has.get(since) ?? compareVersions(version, since) >= 0;
  known.has.set(since, has);
  return has;
}

/** Of all jobs of a plan the same is asked. */
let known = { version: '', has: new Map<string, boolean>() };

/** Runs of digits by their value, all else by its letters. */
function byNumbers(a: string, b: string): number {
  const [some, others] = [partsOf(a), partsOf(b)];
  for (const [at, part] of some.entries()) {
    const other = others[at] ?? '';
    const order = Number(part) - Number(other) || Number(part > other) - Number(part < other);
    if (order !== 0) return order;
  }
  return some.length - others.length;
}

const partsOf = (text: string): readonly string[] => text.match(/\d+|\D+/g) ?? [];
