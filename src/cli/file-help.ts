/** What commands that read files of jobs have in common, as their help says it. */

export const filesHelp =
  "JSON (an array, or one job after the other), YAML, a snapshot, the curl-and-jq script's file, a folder of them";

/** How a file is dealt with that holds some jobs which cannot be read or written. */
export const partlyHelp = `
What cannot be read as a job, or is there twice, is blocked: the plan says where and why, the others
go on. Exit code 4 when some jobs were written and others not, 9 when none was because of what is
blocked, 7 when there is no list of jobs in the file at all.`;
