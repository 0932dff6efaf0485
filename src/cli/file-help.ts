/** What commands that read files of jobs have in common, as their help says it. */

export const filesHelp =
  "JSON (an array, or one job after the other), YAML, a snapshot, the curl-and-jq script's file, a folder of such files";

/** How a file is dealt with that holds some jobs which cannot be read or written. */
export const partlyHelp = `
A job that cannot be read, or that is there twice, is blocked: the plan says where and why. The other
jobs can be written. Exit code 4: some jobs were written, others were not. Exit code 9: no job was
written, because of blocked ones. Exit code 7: the file has no list of jobs.`;
