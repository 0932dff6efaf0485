/** Collects the values of an option that may be given several times. */
export const also = (word: string, words: readonly string[] = []): string[] => [...words, word];
