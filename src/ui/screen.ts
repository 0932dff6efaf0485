/**
 * The frames of the session that is shown, on the terminal: sixty a second at most, and always the last. One that
 * answers a key waits for none but another that does.
 */
import { frameOf } from '../console/frame/frame.ts';
import type { Host } from '../console/host.ts';
import { isQuestion } from '../console/state/questions.ts';
import type { Store } from '../console/store.ts';
import type { Painter } from './painter.ts';

/** The part of `process.stdout` that is used here. */
export interface Sheet {
  readonly columns: number;
  readonly rows: number;
  readonly write: (text: string, done: () => void) => unknown;
}

export interface Screen {
  /** Paints the whole frame anew. */
  readonly redraw: () => void;
  /** Does what a key asks for: what is to be seen of it is its answer. */
  readonly answer: (work: () => void) => void;
  /** The terminal has another size. */
  readonly resized: () => void;
  /** Writes nothing until it is released: the terminal is somebody else's. */
  readonly hold: () => void;
  readonly release: () => void;
  readonly close: () => void;
}

/** At the soonest after the frame before, or an answer after the one before, ms. */
const perFrame = 1000 / 60;

/** It is held until it is released the first time. */
export function openScreen(
  host: Pick<Host, 'session' | 'subscribe'>,
  painter: Painter,
  sheet: Sheet,
): Screen {
  let timer: NodeJS.Timeout | undefined;
  let paintedAt = -perFrame;
  let answeredAt = -perFrame;
  /** Whether what changes now, and what was changed since the last frame, answers a key. */
  let answers = false;
  let isAnswer = false;
  let held = true;
  let closed = false;
  let unsubscribe = (): void => {};
  let store: Store;

  function draw(): void {
    clearTimeout(timer);
    timer = undefined;
    if (held) return;
    paintedAt = performance.now();
    if (isAnswer) answeredAt = paintedAt;
    isAnswer = false;
    // The size as the terminal has it now: state may be one message behind, and a frame must never be taller.
    const { columns, rows } = sheet;
    painter.paint(frameOf({ ...store.state(), columns, rows }), columns);
    tellPainted();
  }

  /** A question is answered only once it was seen. */
  function tellPainted(): void {
    const { overlay } = store.state();
    if (!isQuestion(overlay) || overlay.quietSince !== null) return;
    const asked = store;
    sheet.write('', () => {
      if (asked.state().overlay === overlay)
        asked.dispatch({ type: 'painted', at: performance.now() });
    });
  }

  function soon(): void {
    if (held || (timer !== undefined && !answers)) return;
    isAnswer ||= answers;
    clearTimeout(timer);
    const wait = (isAnswer ? answeredAt : paintedAt) + perFrame - performance.now();
    if (wait <= 0) draw();
    else timer = setTimeout(draw, wait);
  }

  function show(): void {
    unsubscribe();
    ({ store } = host.session());
    unsubscribe = store.subscribe(soon);
    resized();
  }

  function resized(): void {
    const { columns, rows } = sheet;
    store.dispatch({ type: 'resized', columns, rows });
    draw();
  }

  const stop = host.subscribe(show);
  show();
  return {
    redraw: () => {
      painter.forget();
      draw();
    },
    answer: (work) => {
      answers = true;
      try {
        work();
      } finally {
        answers = false;
      }
    },
    resized,
    hold: () => {
      held = true;
      clearTimeout(timer);
      timer = undefined;
    },
    release: () => {
      if (closed) return;
      held = false;
      painter.forget();
      draw();
    },
    close: () => {
      closed = true;
      held = true;
      clearTimeout(timer);
      stop();
      unsubscribe();
    },
  };
}
