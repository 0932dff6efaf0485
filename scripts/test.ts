/**
 * Runs all tests, and says at the end how many passed and failed. What starts servers and
 * pseudo-terminals mostly waits: four parts of it run at the same time.
 * With arguments it is vitest with these arguments.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { text } from 'node:stream/consumers';

const given = process.argv.slice(2);
process.exitCode = await (given.length > 0 ? only(given) : all());

async function only(argv: readonly string[]): Promise<number> {
  const [code] = await once(spawn('vitest', ['run', ...argv], { stdio: 'inherit' }), 'exit');
  return code ?? 1;
}

async function all(): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'dkron-tui-reports-'));
  const part = (name: string, shown: boolean, which: readonly string[] = []): Promise<Ran> =>
    project(mkdtempSync(join(folder, name)), name, shown, which);
  try {
    const ran: Ran[] = [];
    const shards = Array.from({ length: 10 }, (_, at) => `--shard=${at + 1}/10`);
    const scenarios = async (): Promise<void> => {
      for (let shard = shards.shift(); shard !== undefined; shard = shards.shift())
        ran.push(await part('e2e', false, [shard]));
    };
    // What talks to real Dkrons waits for most of its time, so that the others run beside it.
    const contract = part('contract', false).then((one) => ran.push(one));
    // Vitest leaves one processor free: of two that is half of what these can have.
    ran.push(await part('unit', true, ['--maxWorkers=100%']));
    await Promise.all([scenarios(), scenarios(), scenarios(), contract.then(scenarios)]);
    return conclude(ran);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Ran {
  readonly passed: number;
  readonly failed: number;
  /** What failed, a line each: of a long log often only the end is kept. */
  readonly failures: readonly string[];
}

/** `shown` while it runs, or else when it has ended: several at once cannot be read. */
async function project(
  folder: string,
  name: string,
  shown: boolean,
  which: readonly string[],
): Promise<Ran> {
  const report = join(folder, 'report.json');
  const argv = ['run', '--project', name, '--reporter=default', '--reporter=json', ...which];
  const child = spawn('vitest', [...argv, `--outputFile.json=${report}`], {
    stdio: ['ignore', shown ? 'inherit' : 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  if (child.stdout !== null) process.stdout.write(await text(child.stdout));
  const [code] = await ended;
  const told = read(report);
  const { numPassedTests: passed, numFailedTests: failed, numTotalTests: total } = told;
  // A file that does not load, or an error beside the tests, fails no test.
  const unnoticed = failed === 0 && (code !== 0 || total === 0);
  const failures = told.testResults.flatMap(failuresOf);
  return unnoticed
    ? { passed, failed: 1, failures: [...failures, `${name}: ended with ${code}`] }
    : { passed, failed, failures };
}

interface Report {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numTotalTests: number;
  readonly testResults: readonly FileReport[];
}

interface FileReport {
  readonly name: string;
  readonly status: string;
  readonly message: string;
  readonly assertionResults: readonly {
    readonly status: string;
    readonly fullName: string;
    readonly failureMessages: readonly string[] | null;
  }[];
}

function failuresOf({ name, status, message, assertionResults }: FileReport): string[] {
  const file = relative(process.cwd(), name);
  const failed = assertionResults.filter((test) => test.status === 'failed');
  if (failed.length === 0) return status === 'failed' ? [`${file}: ${message}`] : [];
  return failed.map(
    ({ fullName, failureMessages }) =>
      `${file} > ${fullName}: ${failureMessages?.[0]?.slice(0, 500) ?? ''}`,
  );
}

function read(report: string): Report {
  try {
    return JSON.parse(readFileSync(report, 'utf8')) as Report;
  } catch {
    return { numPassedTests: 0, numFailedTests: 0, numTotalTests: 0, testResults: [] };
  }
}

function conclude(ran: readonly Ran[]): number {
  const sum = (of: (one: Ran) => number): number => ran.reduce((count, one) => count + of(one), 0);
  const failed = sum((one) => one.failed);
  for (const failure of ran.flatMap(({ failures }) => failures)) console.log(`FAILED ${failure}`);
  console.log(`${sum((one) => one.passed)} passed, ${failed} failed`);
  return failed > 0 ? 1 : 0;
}
