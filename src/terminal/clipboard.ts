/**
 * Copying through the terminal (OSC 52), which also works over ssh. Whether the terminal listens
 * cannot be asked, so say that the text was sent, not that it was copied.
 */

/** Terminals drop longer sequences (xterm and tmux at about 100 000 bytes); k9s sends as much. */
const limit = 74_994;

/**
 * What to write to the terminal so that it copies the text; undefined when it is too long to send.
 * In tmux it is sent twice: tmux takes the first itself (`set-clipboard on`) or hands the second to
 * the terminal around it (`allow-passthrough on`).
 */
export function copySequence(
  text: string,
  env: Readonly<Record<string, string | undefined>>,
): string | undefined {
  const encoded = Buffer.from(text, 'utf8').toString('base64');
  if (encoded.length > limit) return undefined;
  const sequence = `\x1b]52;c;${encoded}\x07`;
  return env['TMUX'] ? sequence + passThrough(sequence) : sequence;
}

function passThrough(sequence: string): string {
  return `\x1bPtmux;${sequence.replaceAll('\x1b', '\x1b\x1b')}\x1b\\`;
}
