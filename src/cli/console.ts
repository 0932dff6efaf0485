import { type GlobalOptions, globalSession, type Program } from './session.ts';

/** Opens the console on the server that the options name, or on a demo server of its own. */
export async function openOnTerminal(program: Program): Promise<void> {
  const { demo, refresh } = program.opts<GlobalOptions>();
  const { readOnly, url } = globalSession(program);
  const server = demo ? await (await import('../demo/server.ts')).startDemo() : null;
  try {
    const { openConsole } = await import('../ui/open.tsx');
    await openConsole({
      url: server?.url ?? url,
      demo: server !== null,
      readOnly,
      ...(refresh === undefined ? {} : { refresh: refresh * 1000 }),
    });
  } finally {
    await server?.close();
  }
}
