import { openSession } from '../console/session.ts';
import { type GlobalOptions, globalSession, type Program } from './session.ts';

/**
 * Opens the console on the server that the options name, or on a demo server of its own. The first
 * read is under way while the screen code loads.
 */
export async function openOnTerminal(program: Program): Promise<void> {
  const { demo, refresh } = program.opts<GlobalOptions>();
  const { readOnly, url, serverZone } = globalSession(program);
  const server = demo ? await (await import('../demo/server.ts')).startDemo() : null;
  const session = openSession({
    url: server?.url ?? url,
    readOnly,
    serverZone,
    ...(server === null ? {} : { label: 'demo' }),
    ...(refresh === undefined ? {} : { refresh }),
  });
  try {
    const { showConsole } = await import('../ui/open.tsx');
    await showConsole(session);
  } finally {
    await session.close();
    await server?.close();
  }
}
