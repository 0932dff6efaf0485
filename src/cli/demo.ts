import { once } from 'node:events';
import { type Command, InvalidArgumentError } from 'commander';
import { OperatorError } from '../base/errors.ts';
import type { DemoServer } from '../demo/server.ts';
import { plain } from '../view/line.ts';
import { type Invocation, invocationOf } from './invocation.ts';
import { printJson, printLines } from './output.ts';

interface DemoFlags {
  readonly port: number;
  readonly empty?: boolean;
}

export function register(program: Command): void {
  program
    .command('demo')
    .description('run only the embedded demo server, for curl or a script, until Ctrl-C')
    .option('--port <port>', 'port on 127.0.0.1; 0 takes a free one', parsePort, 8080)
    .option('--empty', 'start without jobs')
    .addHelpText(
      'after',
      '\nHTTP jobs call this machine only; shell jobs only print what they would run.',
    )
    .action(async (flags: DemoFlags, command: Command) => {
      await serve(invocationOf(command), flags);
    });
}

function parsePort(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535)
    throw new InvalidArgumentError('It must be a number from 0 to 65535.');
  return port;
}

/** Prints the URL when the server is ready and returns when a signal has ended it. */
async function serve({ io, json }: Invocation, { port, empty = false }: DemoFlags): Promise<void> {
  const { startDemo } = await import('../demo/server.ts');
  const demo: DemoServer = await startDemo({ port, empty }).catch((error: unknown) => {
    throw cannotListen(error, port);
  });
  const left = io.signal.aborted ? null : once(io.signal, 'abort');
  if (json) printJson(io, { url: demo.url });
  else printLines(io, [[plain(demo.url)]]);
  await left;
  await demo.close();
}

function cannotListen(error: unknown, port: number): unknown {
  const { code } = error as NodeJS.ErrnoException;
  if (code !== 'EADDRINUSE' && code !== 'EACCES') return error;
  const why =
    code === 'EADDRINUSE' ? 'is taken by another program' : 'may not be used by this user';
  return new OperatorError(`port ${port} on 127.0.0.1 ${why}`, {
    data: 'no server was started',
    next: 'Give another with --port; --port 0 takes a free one.',
    cause: error,
  });
}
