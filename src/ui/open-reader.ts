/** Shows the console to a reader of screens, and returns when the operator leaves it. */
import process from 'node:process';
import { systemClock } from '../base/clock.ts';
import type { Host } from '../console/host.ts';
import { isQuestion } from '../console/state/questions.ts';
import type { Keyboard } from '../terminal/keyboard.ts';
import { jobControl } from '../terminal/suspend.ts';
import { messagesOf } from './messages.ts';
import { createReader } from './reader.ts';
import type { Showing } from './show.ts';
import { keepSize } from './size.ts';
import { terminalOf } from './terminal.ts';

/** A page of a text, whatever the window's height: the terminal scrolls by itself. */
const rows = 40;
/** From 150 on views stand beside each other; a row that is longer takes long to be told. */
const most = 120;

export async function showToReader(
  host: Host,
  keyboard: Keyboard,
  { signal, onOpen }: Showing,
): Promise<void> {
  const { stdout, env } = process;
  keepSize(stdout, env);
  const { promise: left, resolve: leave } = Promise.withResolvers<void>();
  const reader = createReader({
    write: (text) => stdout.write(text),
    columns: () => stdout.columns,
    clock: systemClock,
  });
  const state = () => host.session().store.state();
  let isOurs = true;
  let asked = false;
  const tell = (): void => {
    if (!isOurs) return;
    reader.tell(state(), asked);
    const { overlay } = state();
    // A question is answered by keys that came after it was written.
    if (isQuestion(overlay) && overlay.quietSince === null) stdout.write('', painted);
  };
  const painted = (): void =>
    host.session().store.dispatch({ type: 'painted', at: performance.now() });
  const resized = (): void => {
    keepSize(stdout, env);
    const columns = Math.min(most, stdout.columns);
    host.session().store.dispatch({ type: 'resized', columns, rows });
  };

  let unsubscribe = (): void => {};
  const show = (): void => {
    unsubscribe();
    unsubscribe = host.session().store.subscribe(tell);
    resized();
  };
  const job = jobControl(
    keyboard,
    async () => {},
    async (work) => {
      isOurs = false;
      reader.leave();
      await work();
      isOurs = true;
      tell();
    },
  );
  const clear = (): void => reader.tellAll(state());
  host.attach(terminalOf({ clear, exit: leave, job }));
  stdout.write(`${introduction}\n`);
  show();
  const another = host.subscribe(show);
  const unheard = keyboard.listen((inputs) => {
    asked = inputs.some(({ type }) => type !== 'focus');
    host.session().store.batch(messagesOf(inputs));
    asked = false;
  });
  onOpen(leave);
  stdout.on('resize', resized);
  if (signal.aborted) leave();
  else signal.addEventListener('abort', () => leave(), { once: true });
  await left;
  isOurs = false;
  reader.leave();
  unheard();
  another();
  unsubscribe();
  stdout.off('resize', resized);
  job.close();
  keyboard.release();
}

const introduction = 'dkron-tui for screen readers: ? tells the keys, ctrl-l all lines, q quits.';
