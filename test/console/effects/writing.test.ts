import { expect, it } from 'vitest';
import { NoLeader } from '../../../src/base/errors.ts';
import { tellWriting } from '../../../src/console/effects/writing.ts';
import type { Message } from '../../../src/console/state/model.ts';

it('tells how far it is, as often as anybody can read it, and what is waited for until it goes on', () => {
  let now = 0;
  const messages: Message[] = [];
  const telling = tellWriting(
    900,
    () => now,
    (message) => messages.push(message),
  );
  now = 1_000;
  telling.onProgress(295);
  telling.onProgress(296);
  telling.onWait(new NoLeader('there is no leader'));
  now = 1_050;
  telling.onProgress(297);
  now = 2_000;
  telling.onProgress(450);
  const flash = {
    level: 'info',
    text: expect.stringMatching(/^there is no leader; waiting up to 30 s/),
  };
  const writing = (share: number, text: string) => ({
    type: 'waiting',
    text: 'writing',
    progress: { share, text },
  });
  expect(messages).toEqual([
    writing(295 / 900, '295 of 900 jobs · 295 jobs/s · 3s left'),
    { type: 'flash', flash },
    { type: 'forget', flash },
    writing(0.5, '450 of 900 jobs · 225 jobs/s · 2s left'),
  ]);
  expect(messages[2]).toMatchObject({ flash: (messages[1] as { flash: object }).flash });
});
