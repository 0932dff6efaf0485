/** What a command or the console is pointed at, as its options and the environment say it. */
import { UsageError } from '../base/errors.ts';
import { bareTarget, type Target } from '../config/target.ts';
import { zoneError } from '../schedule/index.ts';
import type { Io } from './io.ts';

/** The options that say where to, and how. */
export interface TargetOptions {
  readonly url?: string;
  readonly readOnly?: boolean;
  /** Milliseconds. */
  readonly refresh?: number;
  readonly serverZone?: string;
}

/** The server's address: the option, else DKRON_URL, else a Dkron on this machine. */
const urlOf = ({ url }: TargetOptions, { env }: Io): string =>
  url ?? (env['DKRON_URL'] || 'http://localhost:8080');

export const targetOf = (options: TargetOptions, io: Io): Target =>
  bareTarget(urlOf(options, io), {
    readOnly: options.readOnly === true,
    serverZone: serverZoneOf(options, io),
    refresh: options.refresh ?? null,
  });

/** The zone the Dkron process runs in: its API does not tell, and its images run in UTC. */
function serverZoneOf({ serverZone }: TargetOptions, { env }: Io): string {
  const zone = serverZone ?? (env['DKRON_SERVER_ZONE'] || 'UTC');
  if (zoneError(zone) === undefined && zone !== 'Local') return zone;
  throw new UsageError(`${zone} is not a name of the time zone database`, {
    data: 'nothing was sent',
    next: 'names are case-sensitive: Europe/Paris, Etc/UTC',
  });
}
