import { setFlagsFromString } from 'node:v8';

/** So many at least, or it takes more time than the memory is worth. */
const many = 2_500;

/**
 * For what changes very many jobs, some after the others: what writes some is garbage when the next are
 * written, and left alone V8 lets more of it pile up than all jobs take.
 */
export function spareMemory(jobs: number): void {
  if (jobs < many) return;
  setFlagsFromString('--semi-space-growth-factor=1');
  setFlagsFromString('--heap-growing-percent=40');
}
