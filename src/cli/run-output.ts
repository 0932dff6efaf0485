import type { Command } from 'commander';
import { NotFound } from '../base/errors.ts';
import type { Dkron, ReadOptions } from '../dkron/client.ts';
import type { Execution } from '../dkron/shapes.ts';
import { withDkron } from './connect.ts';
import { executionJson } from './executions.ts';
import { invocationOf } from './invocation.ts';
import { printJson, printText } from './output.ts';

export function register(program: Command): void {
  program
    .command('output')
    .description('print the whole output of an execution; exact bytes into a pipe or a file')
    .argument('<name>', 'name of the job')
    .argument('[id]', 'id of the execution, as `executions` lists it; the last one unless given')
    .action(async (name: string, id: string | undefined, _options, command: Command) => {
      const invocation = invocationOf(command);
      const { io } = invocation;
      const execution = await withDkron(invocation, (dkron) =>
        wholeExecution(dkron, name, id, { signal: io.signal }),
      );
      if (invocation.json) printJson(io, executionJson(execution));
      else printText(io, execution.output);
    });
}

async function wholeExecution(
  dkron: Dkron,
  name: string,
  id: string | undefined,
  reading: ReadOptions,
): Promise<Execution> {
  const wanted = id ?? (await lastExecution(dkron, name, reading)).id;
  return (await dkron.execution(name, wanted, reading)).value;
}

async function lastExecution(dkron: Dkron, name: string, reading: ReadOptions): Promise<Execution> {
  const { value } = await dkron.executions(name, { ...reading, outputLimit: 0 });
  const [last] = value;
  if (!last)
    throw new NotFound(`job ${name} has no executions`, {
      next: `'dkron-tui run ${name}' starts one`,
    });
  return last;
}
