/** What is typed as messages to the store. */
import type { Message } from '../console/state/model.ts';
import type { Input } from '../terminal/taken.ts';

export function messagesOf(inputs: readonly Input[]): Message[] {
  const at = performance.now();
  return inputs.map((input) =>
    input.type === 'key' ? { type: 'key', key: input.key, at } : input,
  );
}
