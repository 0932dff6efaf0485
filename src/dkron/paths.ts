/** The paths of what is asked of a Dkron by several. */

export const jobPath = (name: string): string => `/v1/jobs/${encodeURIComponent(name)}`;

/** @param outputLimit as `Dkron.executions` has it */
export const executionsPath = (name: string, outputLimit: number): string =>
  `${jobPath(name)}/executions?output_size_limit=${outputLimit}`;
