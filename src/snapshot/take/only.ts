import type { Dkron } from '../../dkron/client.ts';

/** The server as it would be with these jobs only, each as it sent it. */
export const withOnly = (dkron: Dkron, texts: readonly string[]): Dkron => ({
  ...dkron,
  async *jobBytes() {
    yield texts.map((text) => Buffer.from(text));
  },
});
