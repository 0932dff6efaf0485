/**
 * `~` in a schedule: every job takes its own number, made of its name, so that jobs spread out
 * (Dkron job.go scheduleHash, 4.0.0 and later).
 */

/**
 * The schedule Dkron puts in force. Parts are cut at single spaces, so a doubled space moves the
 * parts behind it along by one, and what counts as the hour changes.
 */
export function replaceTilde(spec: string, jobName: string): string {
  if (!spec.includes('~')) return spec;
  const hash = nameHash(jobName);
  let position = 0;
  const parts: string[] = [];
  for (const part of spec.split(' ')) {
    if (part.startsWith('@')) return spec;
    if (/^(CRON_)?TZ=/.test(part)) parts.push(part);
    else parts.push(part.replaceAll('~', String(numberAt(position++, hash))));
  }
  return parts.join(' ');
}

/** The sum of the name's code points. */
const nameHash = (name: string): number =>
  Array.from(name).reduce((sum, rune) => sum + (rune.codePointAt(0) ?? 0), 0);

function numberAt(position: number, hash: number): number {
  switch (position) {
    case 2:
      return hash % 24;
    case 3:
      return (hash % 28) + 1;
    case 4:
      return (hash % 12) + 1;
    case 5:
      return hash % 7;
    default:
      return hash % 60;
  }
}
