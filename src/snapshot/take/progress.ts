import type { ListWatch } from '../../dkron/list.ts';

/** What has come of a list so far. */
export interface Progress {
  readonly jobs: number;
  /** How many jobs the server announced; null before 3.1.0. */
  readonly total: number | null;
  readonly bytes: number;
}

/** ms */
const often = 100;

/** Counts what comes, and tells it ten times a second at most, and once at the end. */
export function progressOf(tell: ((progress: Progress) => void) | undefined) {
  let progress: Progress = { jobs: 0, total: null, bytes: 0 };
  let told = 0;
  return {
    watch: {
      onHead: ({ total }) => {
        progress = { ...progress, total };
      },
      onBytes: (count) => {
        progress = { ...progress, bytes: progress.bytes + count };
      },
    } satisfies ListWatch,
    came(jobs: number): void {
      progress = { ...progress, jobs: progress.jobs + jobs };
      const now = performance.now();
      if (now - told < often) return;
      told = now;
      tell?.(progress);
    },
    end: (): void => tell?.(progress),
  };
}
