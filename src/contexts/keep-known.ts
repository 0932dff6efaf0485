/** Keeps what the file of contexts says for the next start, which cannot read YAML yet. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { withoutUserinfo } from '../base/userinfo.ts';
import { version } from '../base/version.ts';
import { noFile } from '../config/config-path.ts';
import type { KnownContext, KnownContexts } from '../config/known-contexts.ts';
import type { Places } from '../config/places.ts';
import type { Target } from '../config/target.ts';
import { writeWhole } from '../config/whole-file.ts';
import { readAddress } from '../dkron/address.ts';
import { earlyUrl } from '../dkron/early.ts';
import { type Config, openConfig } from './file.ts';
import { targetsOf } from './targets.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** Null where the file may be another the next time without a sign. */
export function knownIn(config: Config, env: Environment): KnownContexts | null {
  const { stamp, failure, mistakes, theme, current } = config;
  if (stamp === null) return null;
  const contexts = targetsOf(config, env).map(knownOf);
  // Of a mistake the program tells, in place of what is opened else.
  const opens =
    failure === null &&
    mistakes.length === 0 &&
    (current === null || contexts.some(({ name }) => name === current));
  return { config: stamp, theme, ...(opens ? { current } : {}), contexts };
}

function knownOf(target: Target): KnownContext {
  const { context, url, portForward, label, colour, readOnly, credentials, tls, proxy } = target;
  const { basic, bearer, headers } = credentials;
  const isOpen = basic === null && bearer === null && Object.keys(headers).length === 0;
  const what = [
    ...[withoutUserinfo(url), portForward, label, colour, target.protected],
    ...[credentials, tls, proxy],
  ];
  return {
    name: context!,
    readOnly,
    asks: isOpen && portForward === null ? earlyUrl(readAddress(url)) : null,
    mark: createHash('sha256').update(JSON.stringify(what)).digest('hex').slice(0, 16),
  };
}

/** After a change of the file; the next console finds out anyhow. */
export async function keepChanged(places: Places, env: Environment): Promise<void> {
  const known = knownIn(await openConfig(env), env);
  if (known !== null) await keepKnown(places.knownContexts, known).catch(() => {});
}

/** Throws OperatorError when the disk refuses. */
export async function keepKnown(path: string, known: KnownContexts): Promise<void> {
  if (known.config === noFile) return;
  const text = JSON.stringify({ version, ...known });
  if ((await readFile(path, 'utf8').catch(() => null)) !== text) await writeWhole(path, text);
}
