/** How much of an output Dkron keeps, and how it can be seen that there was more. */

/** Bytes of an output that are kept: the last ones (dkron/grpc_agent.go maxBufSize). */
const mostOutput = 256_000;

/**
 * That Dkron cut the beginning of an output, in words; null: it is whole. Each byte that is no UTF-8
 * comes as U+FFFD, three bytes for one: with such in it, it may not be known. One of exactly as many
 * bytes as are kept counts as cut.
 */
export function cutText(output: string): string | null {
  // A UTF-16 unit is three bytes at most.
  if (output.length * 3 < mostOutput) return null;
  const most = Buffer.byteLength(output);
  if (most < mostOutput) return null;
  const least = most - 2 * (output.split('\ufffd').length - 1);
  const is = least >= mostOutput ? 'is' : 'may be';
  return `Dkron keeps the last 256 000 bytes of an output: the beginning ${is} cut`;
}
