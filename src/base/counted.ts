/** How many there are of a thing, in words: `1 job`, `3 jobs`, `2 retries`. */
export const counted = (count: number, one = 'job', many = `${one}s`): string =>
  `${count} ${count === 1 ? one : many}`;

/** The first `most` of some names, and how many there are besides: `a, b and 3 more`. */
export const andMore = (names: readonly string[], most: number): string =>
  names.slice(0, most).join(', ') + (names.length > most ? ` and ${names.length - most} more` : '');
