import { describe, expect, it } from 'vitest';
import { draftKey, readScheduleDraft } from '../../../../src/console/state/drafts.ts';
import type { Message, ScheduleOverlay, State } from '../../../../src/console/state/model.ts';
import { lineText as typedText } from '../../../../src/terminal/line.ts';
import { aJob } from '../../../support/jobs.ts';
import { effectsOf, press, pressing, refreshed, showing, told, type } from '../../states.ts';

const jobs = [
  { name: 'a', schedule: '@every 1h', timezone: '' },
  { name: 'b', schedule: '0 0 3 * * *', timezone: 'Europe/Paris' },
  { name: 'child', parent_job: 'a', schedule: '' },
];
const state = showing(jobs);
const editor = (shown: State): ScheduleOverlay => {
  if (shown.overlay?.kind !== 'schedule') throw new Error('no schedule editor is open');
  return shown.overlay;
};
const typed = (shown: State): [string, string] => {
  const { schedule, zone } = editor(shown);
  return [typedText(schedule), typedText(zone)];
};
const edited = press(state, 'i', 'ctrl-u', ...type('@every 5m'));
const draftOf = (shown: State, name = 'a') =>
  readScheduleDraft(shown.drafts.get(draftKey(name, 'schedule'))?.text);

describe('the schedule editor', () => {
  it('opens with what the job has', () => {
    expect(typed(press(state, 'i'))).toEqual(['@every 1h', '']);
    expect(typed(press(state, 'G', 'enter', 'i'))).toEqual(['0 0 3 * * *', 'Europe/Paris']);
  });

  it('does not open for a job that runs after another', () => {
    const child = press(state, 'j', 'i');
    expect(child.overlay).toBeNull();
    expect(child.flash?.text).toContain('it runs after a');
  });

  it('saves what is typed, for the job as it was seen', () => {
    expect(effectsOf(edited, 'enter')).toContainEqual(
      expect.objectContaining({
        type: 'save-schedule',
        plan: expect.objectContaining({
          merge: true,
          items: [
            expect.objectContaining({
              kind: 'change',
              seen: state.jobs.byName.get('a')?.job,
              job: expect.objectContaining({ schedule: '@every 5m', timezone: '' }),
            }),
          ],
        }),
      }),
    );
    expect(editor(press(edited, 'enter')).saving).toBe(true);
  });

  it('saves nothing that Dkron would refuse, nor what is the same', () => {
    const wrong = press(edited, 'ctrl-u', ...type('whenever'));
    expect(effectsOf(wrong, 'enter')).toEqual([]);
    expect(press(wrong, 'enter').flash?.text).toMatch(/^not saved: /);
    expect(effectsOf(state, 'i', 'enter')).toEqual([]);
    expect(press(state, 'i', 'enter').overlay).toBeNull();
  });

  it('saves only on an enter that was pressed alone', () => {
    const [after, effects] = pressing(edited, ['enter'], true);
    expect(effects).toEqual([]);
    expect(after.flash?.text).toContain('press it again');
    expect(typed(after)).toEqual(['@every 5m', '']);
  });

  it('takes a paste as text, its newline not as enter', () => {
    const pasted = told(press(state, 'i', 'ctrl-u'), { type: 'paste', text: '0 0 4 * * *\n' });
    expect(typed(pasted)).toEqual(['0 0 4 * * *', '']);
    expect(editor(pasted).saving).toBe(false);
  });

  it('takes no key while it saves, nor what is pasted', () => {
    const saving = press(edited, 'enter');
    expect(typed(told(saving, { type: 'paste', text: 'x' }))).toEqual(['@every 5m', '']);
    expect(typed(press(saving, 'x', 'backspace', 'ctrl-u'))).toEqual(['@every 5m', '']);
    expect(effectsOf(saving, 'enter')).toEqual([]);
  });
});

describe('the arrows', () => {
  const at = (keys: readonly string[]): State =>
    press(state, 'i', 'ctrl-u', ...type('0 5 3 * * *'), 'home', ...keys);

  it('step the number under the cursor, which stays on it', () => {
    const minute = ['right', 'right'];
    expect(typed(at([...minute, 'up']))[0]).toBe('0 6 3 * * *');
    expect(typed(at([...minute, 'down', 'down']))[0]).toBe('0 3 3 * * *');
    expect(typed(at([...minute, 'up', 'down']))[0]).toBe('0 5 3 * * *');
    expect(typed(at(['up', 'right', 'right', 'up']))[0]).toBe('1 6 3 * * *');
  });

  it('leave what is no number, and the zone', () => {
    expect(typed(at(['end', 'up']))[0]).toBe('0 5 3 * * *');
    const zone = press(state, 'i', 'shift-tab', ...type('UTC'), 'up');
    expect(typed(zone)).toEqual(['@every 1h', 'UTC']);
  });
});

describe('the schedule of another cron', () => {
  it('becomes the one that Dkron takes, on ctrl-t, which ctrl-z takes back', () => {
    const crontab = press(state, 'i', 'ctrl-u', ...type('*/5 * * * *'));
    const taken = press(crontab, 'ctrl-t');
    expect([typed(taken)[0], editor(taken).menu]).toEqual(['0 */5 * * * *', null]);
    expect(typed(press(taken, 'ctrl-z'))[0]).toBe('*/5 * * * *');
  });

  it('is left where there is nothing to take', () => {
    expect(typed(press(edited, 'ctrl-t'))[0]).toBe('@every 5m');
    expect(typed(press(state, 'i', 'ctrl-u', ...type('whenever'), 'ctrl-t'))[0]).toBe('whenever');
  });
});

describe('a draft', () => {
  it.each([['esc'], ['ctrl-c']])('is kept on %s and offered again', (key) => {
    const left = press(edited, key);
    expect([left.overlay, draftOf(left)]).toEqual([null, { schedule: '@every 5m', timezone: '' }]);
    expect(effectsOf(edited, key)).not.toContainEqual({ type: 'quit' });
    const again = press(left, 'i');
    expect(typed(again)).toEqual(['@every 5m', '']);
    expect(again.flash?.text).toContain('your draft');
  });

  it('is kept on ctrl-c also where a menu is open', () => {
    const left = press(edited, 'ctrl-o', 'ctrl-c');
    expect(left).toEqual(press(edited, 'ctrl-c'));
    expect(press(edited, 'ctrl-o', 'esc').overlay).toMatchObject({ kind: 'schedule', menu: null });
  });

  it('is kept by every key, so that a crash costs nothing', () => {
    expect(draftOf(edited)).toEqual({ schedule: '@every 5m', timezone: '' });
    expect(effectsOf(edited, '0')).toContainEqual(
      expect.objectContaining({ type: 'keep-draft', key: draftKey('a', 'schedule') }),
    );
  });

  it('says how old it is, and what was changed on the server since', () => {
    const left = press(edited, 'esc');
    const later: Message = { type: 'clock', now: state.now + 3 * 3_600_000 };
    expect(press(told(left, later), 'i').flash?.text).toBe(
      'your draft of 3h ago · ctrl-x drops it',
    );
    const changed = told(left, refreshed([{ name: 'a', schedule: '@daily', timezone: '' }]), later);
    expect(press(changed, 'i').flash?.text).toBe(
      'your draft of 3h ago; changed on the server since, from @every 1h to @daily · ctrl-x drops it',
    );
  });

  it('goes together with what was changed of the other line', () => {
    const changed = refreshed([{ name: 'a', schedule: '@every 1h', timezone: 'Asia/Tokyo' }]);
    expect(typed(press(told(press(edited, 'esc'), changed), 'i'))).toEqual([
      '@every 5m',
      'Asia/Tokyo',
    ]);
  });

  it('is dropped by ctrl-x, which ctrl-z takes back: no key loses what was typed', () => {
    const dropped = press(edited, 'ctrl-x');
    expect([typed(dropped), dropped.drafts.size]).toEqual([['@every 1h', ''], 0]);
    expect(dropped.flash?.text).toContain('ctrl-z brings your text back');
    expect(effectsOf(edited, 'ctrl-x')).toContainEqual({
      type: 'keep-draft',
      key: draftKey('a', 'schedule'),
      draft: null,
    });
    const again = press(dropped, 'ctrl-z');
    expect([typed(again), draftOf(again)]).toEqual([
      ['@every 5m', ''],
      { schedule: '@every 5m', timezone: '' },
    ]);
  });

  it('is dropped in both lines; the one that changed has the cursor, and its undo', () => {
    const zone = press(state, 'i', 'shift-tab', ...type('Asia/Tokyo'), 'shift-tab', 'ctrl-x');
    expect([typed(zone), editor(zone).focus]).toEqual([['@every 1h', ''], 'zone']);
    expect(typed(press(zone, 'ctrl-z'))).toEqual(['@every 1h', 'Asia/Tokyo']);
    expect(press(state, 'i', 'ctrl-x').flash?.text).toContain('nothing to drop');
  });

  it('is dropped with all of the job by :drop-drafts', () => {
    const all = press(edited, 'esc', ':', ...type('drop-drafts'), 'enter');
    expect([all.drafts.size, all.flash?.text]).toEqual([
      0,
      'the drafts of a are dropped; the job did not change',
    ]);
  });

  it('is none when what is typed is what the job has', () => {
    const back = press(edited, 'ctrl-u', ...type('@every 1h'));
    expect(draftOf(back)).toBeNull();
    expect(draftOf(press(back, 'esc'))).toBeNull();
    expect(press(back, 'esc').flash).toBeNull();
  });

  it('is of its job only', () => {
    expect(typed(press(edited, 'esc', 'G', 'i'))[0]).toBe('0 0 3 * * *');
    expect(draftOf(press(edited, 'esc'), 'b')).toBeNull();
  });

  it('survives that the job changed, or is gone for a while', () => {
    const left = press(edited, 'esc');
    const changed = told(left, refreshed([{ name: 'a', schedule: '@daily' }]));
    expect(typed(press(changed, 'i'))[0]).toBe('@every 5m');
    const back = told(left, refreshed([{ name: 'b' }]), refreshed(jobs));
    expect(draftOf(back)).not.toBeNull();
  });

  it('from the disk yields to one that was typed meanwhile', () => {
    const disk: Message = { type: 'drafts', drafts: new Map([...edited.drafts]) };
    expect(draftOf(told(state, disk))).toEqual({ schedule: '@every 5m', timezone: '' });
    const newer = press(edited, '0');
    expect(draftOf(told(newer, disk))).toEqual({ schedule: '@every 5m0', timezone: '' });
  });

  it.each(['', 'null', '{}', '[1]', '{"schedule":1,"timezone":""}', 'not JSON'])(
    'that reads %j is no draft',
    (text) => {
      const drafts = new Map([[draftKey('a', 'schedule'), { text, base: '', at: 0 }]]);
      expect(typed(press(told(state, { type: 'drafts', drafts }), 'i'))).toEqual(['@every 1h', '']);
    },
  );
});

describe('a schedule that crons read in different ways', () => {
  it.each(['0 0 12 ? * 2-6', '0 15 10 ? * 7'])('%s is chosen from, on ctrl-t', (text) => {
    const asked = press(state, 'i', 'ctrl-u', ...type(text), 'ctrl-t');
    const { menu } = editor(asked);
    expect(menu?.candidates).toHaveLength(2);
    expect(typed(press(asked, 'enter'))[0]).toBe(menu?.candidates[0]);
    expect(typed(press(asked, 'down', 'enter'))[0]).toBe(menu?.candidates[1]);
    expect(typed(press(asked, 'esc'))[0]).toBe(text);
  });
});

describe('a save that the checks refuse', () => {
  it('says why, and the editor stays', () => {
    const child = showing([{ name: 'x', schedule: '@hourly' }]);
    const zone = press(child, 'i', 'shift-tab', ...type('Nowhere/Else'));
    expect(effectsOf(zone, 'enter')).toEqual([]);
    const after = press(zone, 'enter');
    expect(after.flash?.level).toBe('error');
    expect(editor(after).saving).toBe(false);
  });
});

describe('the answer to a save', () => {
  const saved: Message = { type: 'schedule-saved', name: 'a', text: 'written and verified' };
  const refused: Message = { type: 'schedule-refused', name: 'a', lines: ['no such zone'] };
  const saving = press(edited, 'enter');

  it('closes the editor, forgets the draft, and looks again', () => {
    const after = told(saving, saved);
    expect([after.overlay, after.drafts.size]).toEqual([null, 0]);
    expect(after.flash).toEqual({ level: 'ok', text: 'written and verified' });
  });

  it('shows the server’s words and keeps the text', () => {
    const after = told(saving, refused);
    expect(editor(after)).toMatchObject({ saving: false, refusal: ['no such zone'] });
    expect(typed(after)).toEqual(['@every 5m', '']);
    expect(editor(press(after, '0')).refusal).toEqual([]);
  });

  it('shows what somebody else made of the job, and asks before it is written over', () => {
    const now = aJob({ name: 'a', schedule: '@hourly', timezone: 'Europe/Paris' });
    const after = told(saving, { ...refused, now });
    expect(editor(after)).toMatchObject({ seen: now, saving: false });
    expect(editor(after).refusal.at(-1)).toContain('@hourly now, Europe/Paris');
    expect(typed(after)).toEqual(['@every 5m', '']);
    expect(effectsOf(after, 'enter')).toEqual([]);
    expect(press(after, 'enter', 'esc').overlay).toEqual(editor(after));
    expect(editor(press(after, 'enter', 'y')).saving).toBe(true);
    expect(effectsOf(after, 'enter', 'y').slice(0, 1)).toMatchObject([
      {
        type: 'save-schedule',
        plan: { items: [{ seen: now, job: { schedule: '@every 5m', timezone: '' } }] },
        over: true,
      },
    ]);
  });

  it('comes although the editor was left', () => {
    const left = press(saving, 'esc');
    expect(told(left, saved).drafts.size).toBe(0);
    const after = told(left, refused);
    expect(after.flash).toMatchObject({
      level: 'error',
      text: expect.stringContaining('no such zone'),
    });
    expect(draftOf(after)).toEqual({ schedule: '@every 5m', timezone: '' });
  });

  it('costs nothing of what is typed in an editor opened again meanwhile', () => {
    const again = press(saving, 'esc', 'i', '0');
    const after = told(again, saved);
    expect(typed(after)).toEqual(['@every 5m0', '']);
    expect(draftOf(after)).toEqual({ schedule: '@every 5m0', timezone: '' });
  });

  it('of one job leaves the editor of another alone', () => {
    const other = press(saving, 'esc', 'G', 'i', '0');
    expect(editor(other).seen.name).toBe('b');
    expect(told(other, saved).overlay).toBe(other.overlay);
    expect(told(other, refused).overlay).toBe(other.overlay);
  });
});
