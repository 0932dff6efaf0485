/**
 * Whether a server of this version has what came with another (dkron.md 1.7). A source build calls
 * itself "devel" and is taken for the newest; what it lacks then shows as `404 page not found`.
 */
export function atLeast(version: string, since: string): boolean {
  const [have, want] = [numbers(version), numbers(since)];
  if (!have || !want) return true;
  const differs = want.findIndex((part, index) => part !== have[index]);
  return differs < 0 || have[differs]! > want[differs]!;
}

/** `v4.1.0-beta2` as [4, 1, 0]; a pre-release counts as its release. */
function numbers(version: string): number[] | null {
  const match = /^v?(\d+)\.(\d+)\.(\d+)/.exec(version);
  return match?.slice(1).map(Number) ?? null;
}
