import { typedSecrets, withoutUserinfo } from '../base/userinfo.ts';
import { conceal } from '../dkron/secrets.ts';
import type { Io } from './io.ts';

/**
 * The text as it may be told: an address with a password may have been typed where none belongs, as
 * a command, a file, a time zone, and be told back before anybody knew it for one.
 */
export const discreet = (io: Pick<Io, 'typed' | 'env'>, text: string): string =>
  withoutUserinfo(conceal(text, secretsOf(io)));

function secretsOf({ typed = [], env }: Pick<Io, 'typed' | 'env'>): string[] {
  const ours = Object.entries(env).filter(([name]) => name.startsWith('DKRON_'));
  const words = [...typed, ...ours.map(([, value]) => value ?? '')];
  return words.flatMap(typedSecrets).sort((a, b) => b.length - a.length);
}
