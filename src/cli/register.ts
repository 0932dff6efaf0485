/** The clusters that this machine knows, and the way that a command takes to one. */
import type { Way } from '../cluster/identify.ts';
import { openRegister, type Register } from '../cluster/register.ts';
import type { Invocation } from './invocation.ts';

export const registerOf = ({ io }: Invocation): Register => openRegister(io.places, Date.now);

export const wayTo = ({ target }: Invocation, address: string): Way => ({
  context: target.context,
  address,
});
