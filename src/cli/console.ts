import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { OperatorError } from '../base/errors.ts';
import type { Cluster } from '../cluster/identify.ts';
import { type Places, placesBelow } from '../config/places.ts';
import type { Target } from '../config/target.ts';
import { type OpenSession, openHost, type Stage } from '../console/host.ts';
import { openInside } from '../console/inside.ts';
import { openSession } from '../console/session.ts';
import { knownIn } from '../contexts/keep-known.ts';
import { mistakesBeside } from '../contexts/targets.ts';
import type { Early } from '../dkron/early.ts';
import { exposed, type GlobalOptions, globalInvocation, type Program } from './invocation.ts';
import { screenTheme } from './look.ts';
import { showOnTerminal } from './on-terminal.ts';
import { demoTarget, targetChoices } from './target.ts';

/**
 * Opens the console on the server that the options name, or on a demo server of its own. The first
 * read is under way while the screen code loads.
 */
export async function openOnTerminal(program: Program): Promise<void> {
  const options = program.opts<GlobalOptions>();
  const { demo } = options;
  const { io, config } = program;
  const told = globalInvocation(program);
  // Before anything is started: it may be nowhere.
  const asked = demo ? null : told.target;
  const theme = screenTheme(io, asked?.theme ?? null);
  const server = demo ? await (await import('../demo/server.ts')).startDemo() : null;
  const home = demo ? await demoHome() : null;
  const places = home === null ? null : placesBelow(join(home, 'data'), join(home, 'state'));
  if (places !== null) await withPast(server!.url, places);
  const common = {
    log: io.log,
    ...(told.zone === undefined ? {} : { zone: told.zone }),
    ...(places === null ? {} : { places }),
  };
  // What the console keeps of a demo server goes with it: nothing else is shown there.
  const contexts = demo ? [] : targetChoices(options, io.env, config);
  const on =
    (target: Target, chosen?: Cluster, early: Early | null = null): OpenSession =>
    (stage: Stage) =>
      openSession({
        ...common,
        target,
        known: () => (demo ? null : knownIn(config, io.env)),
        early,
        contexts,
        show: (...to) => stage.replace(on(...to)),
        look: (opened, left) =>
          stage.cover((above) =>
            openInside({
              ...common,
              opened,
              serverZone: target.serverZone,
              views: target.views,
              leave: (restore) => {
                // First, so that what is shown again is as it goes on.
                left(restore);
                above.leave();
              },
            }),
          ),
        ...(chosen === undefined ? {} : { chosen }),
        env: io.env,
      });
  const first = asked ?? (await demoContext(demoTarget(options, io.env, server!.url)));
  await showOnTerminal(io, () => openHost(on(first, undefined, io.early)), {
    theme,
    notes: [exposed(program), ...(asked === null ? [] : mistakesBeside(config, asked.context))],
    end: async () => {
      await server?.close();
      if (home !== null) await rm(home, { recursive: true, force: true });
    },
  });
}

/** With what a context would say. */
async function demoContext(target: Target): Promise<Target> {
  const { demoTtls } = await import('../demo/ttls.ts');
  return { ...target, lint: { ttl: demoTtls, ignore: [] } };
}

/** A full disk keeps nobody from looking: a demo without a past is one, too. */
async function withPast(url: string, places: Places): Promise<void> {
  const { keepDemoPast } = await import('./demo-past.ts');
  await keepDemoPast(url, places).catch((error: unknown) => {
    if (!(error instanceof OperatorError)) throw error;
  });
}

/** What is kept of a server that ends with the console ends with it, too. */
const demoHome = (): Promise<string> => mkdtemp(join(tmpdir(), 'dkron-tui-demo-'));
