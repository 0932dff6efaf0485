/** An error as Node and undici make them: its code tells what it is (connection-error.ts). */
export const coded = (code: string, more: object = {}): Error =>
  Object.assign(new Error(code), { code, ...more });
