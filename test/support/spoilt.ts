/** A server in front of another, which sends some of its jobs so that they cannot be read. */
import { passing } from './passing.ts';

/** What a job has for a display name that is to be sent as a number. */
export const spoilt = 'to be spoilt';

/** Passes everything on until the test is finished. */
export const spoiling = (url: string): Promise<string> =>
  passing(url, {
    answer: (text) => text.replaceAll(`"displayname":"${spoilt}"`, '"displayname":7'),
  });
