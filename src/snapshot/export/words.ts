import type { FolderExport } from './to-folder.ts';

/** How many files came of an export, by what became of them: `3 new, 1 changed, 40 the same`. */
export function exportCounts({
  written,
  changed,
  same,
  removed,
  gone,
  failed,
}: FolderExport): string {
  const counts = [
    [written.length, 'new'],
    [changed.length, 'changed'],
    [same, 'the same'],
    [removed.length, 'removed'],
    [gone.length, 'gone'],
    [failed.length, 'not exported'],
  ] as const;
  const told = counts.filter(([count]) => count > 0).map(([count, what]) => `${count} ${what}`);
  return told.join(', ') || 'no jobs';
}
