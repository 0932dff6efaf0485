/** How many there are of a thing, in words: `1 job`, `3 jobs`, `2 retries`. */
export const counted = (count: number, one = 'job', many = `${one}s`): string =>
  `${count} ${count === 1 ? one : many}`;
