import { openHost } from '../console/host.ts';
import { openInside } from '../console/inside.ts';
import type { VerifiedSnapshot } from '../snapshot/verify/inside.ts';
import type { Invocation } from './invocation.ts';
import { screenTheme } from './look.ts';
import { showOnTerminal } from './on-terminal.ts';

/** Opens the console over a snapshot, with no server below. */
export async function openOnSnapshot(
  { io, zone, offline }: Invocation,
  opened: VerifiedSnapshot,
  filter: string,
): Promise<void> {
  const { serverZone, views, theme } = offline;
  const common = { log: io.log, places: io.places, ...(zone === undefined ? {} : { zone }) };
  const open = () => openHost(() => openInside({ ...common, opened, serverZone, views, filter }));
  await showOnTerminal(io, open, { theme: screenTheme(io, theme), notes: [] });
}
