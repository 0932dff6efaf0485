/**
 * `error`: Dkron refuses the job, or running it would break others. `warning`: Dkron takes it, and
 * it will not do what it seems to say.
 */
export type Level = 'error' | 'warning';
