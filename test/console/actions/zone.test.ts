import { describe, expect, it } from 'vitest';
import type { State } from '../../../src/console/state/model.ts';
import { press, showing, type } from '../states.ts';

const at = (localZone: string, timezone = ''): State =>
  showing([{ name: 'a', schedule: '0 0 3 * * *', timezone }], [], {
    localZone,
    serverZone: 'UTC',
  });
const say = (state: State, words: string): State =>
  press(state, ':', ...type(`zone${words}`), 'enter');

describe('the zone of the times', () => {
  it('goes round by its key, by what shows other times, and says which', () => {
    const state = at('Europe/Paris', 'Asia/Tokyo');
    const round = ['z', 'zz', 'zzz'].map((keys) => press(state, ...keys));
    expect(round.map(({ zone }) => zone)).toEqual(['job', 'utc', 'local']);
    expect(round.map(({ flash }) => flash)).toEqual(
      ['Asia/Tokyo, the job’s', 'UTC', 'Europe/Paris, yours'].map((zone) => ({
        level: 'info',
        text: `times in ${zone}`,
      })),
    );
  });

  it('stays where all of them are the same, which is no mistake', () => {
    const after = press(at('UTC'), 'z');
    expect(after.zone).toBe('local');
    expect(after.flash).toEqual({ level: 'info', text: expect.stringContaining('same: UTC') });
  });

  it('can be named, whatever its case; what is none changes nothing', () => {
    expect(say(at('UTC'), ' asia/tokyo').zone).toBe('Asia/Tokyo');
    expect(say(at('UTC'), ' utc').zone).toBe('utc');
    const none = say(at('UTC'), ' Nowhere');
    expect(none.zone).toBe('local');
    expect(none.flash).toEqual({ level: 'error', text: expect.stringMatching(/^Nowhere is not/) });
  });

  it('without a job is yours or UTC', () => {
    const empty = showing([], [], { localZone: 'Europe/Paris', serverZone: 'UTC' });
    expect(press(empty, 'z').flash?.text).toBe('times in UTC, the server’s');
  });
});
