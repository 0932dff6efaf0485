/** Numbers of the command line. */
import { InvalidArgumentError } from 'commander';

/** A whole number above 0; throws InvalidArgumentError. */
export function atLeastOne(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text))
    throw new InvalidArgumentError('It must be a whole number above 0.');
  return Number(text);
}
