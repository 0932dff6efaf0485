/**
 * `error`: Dkron refuses the job, or running it would break others. `warning`: Dkron takes it, and
 * it will not do what it seems to say.
 */
export type Level = 'error' | 'warning';

/** Something wrong with a job, before it is sent. */
export interface Problem {
  /** As in a diff: `executor_config.timeout`. */
  readonly path: string;
  readonly level: Level;
  /** A sentence without its subject's name, which is the path. Never holds a body or a value of a header. */
  readonly text: string;
}
