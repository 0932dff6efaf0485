/**
 * Runs all tests, and says at the end how many passed and failed. What starts servers and
 * pseudo-terminals mostly waits: several files of it run at the same time. On a busy machine one of these
 * waits in vain at times: what failed is looked at once more, alone, and told as unsteady if it passes then.
 * With arguments it is vitest with these arguments.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { text } from 'node:stream/consumers';

/** More files than that do not fail because the machine was busy. */
const mostAgain = 4;

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
    // What talks to real Dkrons waits for most of its time, so that the others run beside it.
    const contract = part('contract', false);
    // Vitest leaves one processor free: of two that is half of what these can have.
    const unit = await part('unit', true, ['--maxWorkers=100%']);
    const scenarios = ['1/3', '2/3', '3/3'].map((shard) =>
      part('e2e', false, [`--shard=${shard}`]),
    );
    const ran = [unit, ...(await Promise.all([contract, ...scenarios]))];
    const files = new Set(ran.flatMap((one) => one.failures.flatMap(({ file }) => file ?? [])));
    const looks = files.size > mostAgain ? [] : [...files];
    const well = new Set<string>();
    for (const file of looks) {
      const again = await part(projectOf(file), false, [file]);
      if (again.failed === 0 && again.passed > 0) well.add(file);
    }
    return conclude(ran, well);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function projectOf(file: string): string {
  return /^test\/(contract|e2e)\//.exec(file)?.[1] ?? 'unit';
}

interface Ran {
  readonly passed: number;
  readonly failed: number;
  readonly failures: readonly Failure[];
}

interface Failure {
  /** Null where it is of none. */
  readonly file: string | null;
  /** A line: of a long log often only the end is kept. */
  readonly text: string;
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
  const exit = once(child, 'exit');
  if (child.stdout !== null) process.stdout.write(await text(child.stdout));
  const [code] = await exit;
  const told = read(report);
  const { numPassedTests: passed, numFailedTests: failed, numTotalTests: total } = told;
  // A file that does not load, or an error beside the tests, fails no test.
  const unnoticed = failed === 0 && (code !== 0 || total === 0);
  const failures = told.testResults.flatMap(failuresOf);
  if (!unnoticed) return { passed, failed, failures };
  const ended = { file: null, text: `${name}: ended with ${code}` };
  return {
    passed,
    failed: Math.max(1, failures.length),
    failures: failures.length > 0 ? failures : [ended],
  };
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

function failuresOf({ name, status, message, assertionResults }: FileReport): Failure[] {
  const file = relative(process.cwd(), name);
  const failed = assertionResults.filter((test) => test.status === 'failed');
  if (failed.length === 0)
    return status === 'failed' ? [{ file, text: `${file}: ${message}` }] : [];
  return failed.map(({ fullName, failureMessages }) => ({
    file,
    text: `${file} > ${fullName}: ${failureMessages?.[0]?.slice(0, 500) ?? ''}`,
  }));
}

function read(report: string): Report {
  try {
    return JSON.parse(readFileSync(report, 'utf8')) as Report;
  } catch {
    return { numPassedTests: 0, numFailedTests: 0, numTotalTests: 0, testResults: [] };
  }
}

/** `well`: the files that passed when they were looked at once more, alone. */
function conclude(ran: readonly Ran[], well: ReadonlySet<string>): number {
  const sum = (of: (one: Ran) => number): number => ran.reduce((count, one) => count + of(one), 0);
  const isWell = ({ file }: Failure): boolean => file !== null && well.has(file);
  const failures = ran.flatMap((one) => one.failures);
  const unsteady = failures.filter(isWell);
  for (const { text } of unsteady) console.log(`UNSTEADY, passed alone: ${text}`);
  for (const failure of failures) if (!isWell(failure)) console.log(`FAILED ${failure.text}`);
  const failed = sum((one) => one.failed) - unsteady.length;
  console.log(`${sum((one) => one.passed) + unsteady.length} passed, ${failed} failed`);
  return failed > 0 ? 1 : 0;
}
