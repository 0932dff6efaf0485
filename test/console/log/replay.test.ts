/** A session on the demo server, logged and gone through once more: the same frames, veiled. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { createLogFile } from '../../../src/config/log-file.ts';
import { placesBelow } from '../../../src/config/places.ts';
import { bareTarget } from '../../../src/config/target.ts';
import { frameOf } from '../../../src/console/frame/frame.ts';
import { readRecording, replayed } from '../../../src/console/log/recording.ts';
import { openSession, type Session } from '../../../src/console/session.ts';
import type { State } from '../../../src/console/state/model.ts';
import { startDemo } from '../../../src/demo/server.ts';
import { lineText } from '../../../src/view/line.ts';
import { keyOf } from '../../terminal/press.ts';
import { type } from '../states.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dkron-tui-replay-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
});

const frame = (state: State): string[] => frameOf(state).lines.map(lineText);

interface Played {
  readonly log: string;
  /** The frame after each message. */
  readonly shown: readonly (readonly string[])[];
}

interface Hands {
  readonly press: (...keys: readonly string[]) => void;
  /** Waits until the console shows this. */
  readonly see: (text: RegExp) => Promise<void>;
  readonly store: Session['store'];
}

async function play(hands: (hands: Hands) => Promise<void>): Promise<Played> {
  const demo = await startDemo();
  const log = createLogFile();
  log.open(join(folder, 'log'));
  const session = openSession({
    target: bareTarget(demo.url.replace('//', '//planted-user:planted-password@')),
    places: placesBelow(join(folder, 'data'), join(folder, 'state')),
    log,
  });
  const { store } = session;
  const shown: string[][] = [];
  const stop = store.subscribe(() => shown.push(frame(store.state())));
  let at = 0;
  const press = (...keys: readonly string[]): void => {
    for (const name of keys) {
      at += 1_000;
      store.dispatch({ type: 'key', key: keyOf(name), at });
      store.dispatch({ type: 'painted', at });
    }
  };
  const see = (text: RegExp): Promise<void> =>
    expect.poll(() => frame(store.state()).join('\n'), { timeout: 10_000 }).toMatch(text);
  try {
    await see(/live/);
    // Before that nothing is written.
    await expect.poll(() => store.state().cluster.kind, { timeout: 10_000 }).toBe('known');
    await hands({ press, see, store });
  } finally {
    await session.close(AbortSignal.abort());
    stop();
    log.close();
    await demo.close();
  }
  return { log: await readFile(join(folder, 'log'), 'utf8'), shown };
}

function replay(log: string): string[][] {
  const recording = readRecording(log);
  if (recording === null) throw new Error('there is no console in the log');
  let state = recording.start;
  return recording.messages.map((message) => {
    state = replayed(state, message);
    return frame(state);
  });
}

/** The frame with a stand-in wherever the other has one, so that both are the same but for those. */
const veiled = (shown: readonly string[], like: readonly string[]): string[] =>
  shown.map((line, row) =>
    [...line]
      .map((character, at) => {
        const other = [...(like[row] ?? '')][at] ?? '';
        return /[x1]/.test(other) && /\S/.test(character) ? other : character;
      })
      .join(''),
  );

function expectSame({ log, shown }: Played): void {
  expect(log).not.toContain('unlogged');
  const frames = replay(log);
  expect(frames).toHaveLength(shown.length);
  for (const [at, lines] of frames.entries())
    expect(lines, `frame ${at}`).toEqual(veiled(shown[at]!, lines));
}

describe('a session that is replayed shows the frames that were shown', () => {
  it('of jobs, runs, fields, the agenda, a filter', async () => {
    const played = await play(async ({ press, see, store }) => {
      press('j', 'j', 'space', '>', '/', ...type('status:ok'), 'enter', 'esc', 'esc');
      press('enter');
      await see(/schedule/i);
      press('x', 'j', 'esc', 'E', 'j', 'j', 'esc', 'esc', 'A');
      await see(/busiest|hour/i);
      store.dispatch({ type: 'resized', columns: 120, rows: 30 });
      press('+', 'j', 'esc', '?', 'j', '?');
    });
    expectSame(played);
  });

  it('of a body that is edited and written, its journal, and taking it back', async () => {
    const played = await play(async ({ press, see }) => {
      press('/', ...type('citiz-stations'), 'enter', 'b');
      await see(/"positions"/);
      press('down', 'down', 'down', 'end', 'left', ...type('37'));
      press('ctrl-s');
      await see(/difference of citiz-stations/);
      press('enter');
      await see(/Write 1 job to/);
      press('y');
      await see(/written and verified/);
      press('esc', 'H');
      await see(/citiz-stations/);
      press('u');
      await see(/Undo/);
      press('tab', 'j', 'esc', 'esc');
    });
    expectSame(played);
    expect(played.log).not.toContain('planted');
  });

  it('of an output that is read, wrapped and saved nowhere', async () => {
    const played = await play(async ({ press, see }) => {
      press('/', ...type('citiz-stations'), 'enter', 'l');
      await see(/citiz-stations/);
      press('w', 'j', 'G', 'esc', 'y', 'l', 'w', 'esc', 'E', 'j', 'j', 'j', 'esc', 'R', 'esc');
    });
    expectSame(played);
  });
});

it('a log that was cut off says so, and one without a console is none', async () => {
  const { log } = await play(async ({ press }) => press('j', 'j'));
  expect(readRecording(log)?.cut).toBe('the program did not come to its end');
  expect(readRecording(log.slice(0, -40))?.messages.length).toBeGreaterThan(0);
  expect(readRecording('{"kind":"start"}\nnone\n')).toBeNull();
});
