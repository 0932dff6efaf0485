/** The http executor (Dkron plugin/http/http.go), its traps included; it calls loopback only. */
import { atoi, quote } from '../schedule/go-text.ts';
import { matchesGoRegexp } from './go-regexp.ts';
import { CallFailed, callHttp } from './http-call.ts';
import type { Strings } from './job.ts';
import { compareText } from './json.ts';
import { BadJson, readWholeJson } from './read-json.ts';
import type { Result } from './run.ts';

const DEFAULT_TIMEOUT = 30;

/** The executor's process: it warns of a bad setting only once, for it keeps its clients. */
export class HttpExecutor {
  readonly #clients = new Set<string>();

  async execute(config: Strings, closed: AbortSignal): Promise<Result> {
    const output: string[] = [];
    try {
      await this.#call(config, output, closed);
      return { success: true, output: output.join(''), simulated: false };
    } catch (error) {
      if (!(error instanceof CallFailed)) throw error;
      return {
        success: false,
        output: `${error.message}\n${output.join('')}`,
        simulated: false,
      };
    }
  }

  async #call(config: Strings, output: string[], closed: AbortSignal): Promise<void> {
    const setting = (name: string): string => config.get(name) ?? '';
    if (setting('debug') !== '') output.push(`Config: ${goMap(config)}\n`);
    if (setting('url') === '') throw new CallFailed('url is empty');
    if (setting('method') === '') throw new CallFailed('method is empty');
    const headers = headersOf(setting('headers'), output);
    const client = clientOf(config);
    if (!this.#clients.has(client.key))
      output.push(...client.warnings.map((warning) => `Warning: ${warning}.\n`));
    this.#clients.add(client.key);
    const response = await callHttp(
      { method: setting('method'), url: setting('url'), headers, body: setting('body'), ...client },
      closed,
    );
    output.push(response.body);
    if (!isExpected(setting('expectCode'), response.status))
      throw new CallFailed('received response code does not match the expected code');
    if (setting('expectBody') !== '' && !matchesGoRegexp(setting('expectBody'), response.body))
      throw new CallFailed('received response body did not match the expected body');
  }
}

/** No expectation means that every status is a success; else the code must stand before a comma. */
const isExpected = (codes: string, status: number): boolean =>
  codes === '' || `${codes},`.includes(`${status},`);

/** Go's %#v of a map. */
const goMap = (map: Strings): string =>
  `map[string]string{${[...map]
    .sort(([a], [b]) => compareText(a, b))
    .map(([key, value]) => `${quote(key)}:${quote(value)}`)
    .join(', ')}}`;

/** Each header is cut at its colons and only the first two parts count. */
function headersOf(text: string, output: string[]): [name: string, value: string][] {
  const { lines, failed } = readLines(text);
  if (failed) output.push('Error: parsing headers failed\n');
  return lines
    .filter((line) => line !== '')
    .map((line) => {
      const [name = '', value] = line.split(':');
      // Dkron's plugin dies here, and every http job fails from then on; the demo lets one fail.
      if (value === undefined)
        throw new CallFailed('rpc error: code = Unavailable desc = error reading from server: EOF');
      return [name, value.trim()];
    });
}

/** A list of strings; of one that holds something else, the strings still count. */
function readLines(text: string): { lines: string[]; failed: boolean } {
  if (text === '') return { lines: [], failed: false };
  try {
    const node = readWholeJson(text);
    if (node.kind !== 'array') return { lines: [], failed: node.kind !== 'null' };
    return {
      lines: node.items.map((item) => (item.kind === 'string' ? item.value : '')),
      failed: node.items.some((item) => item.kind !== 'string' && item.kind !== 'null'),
    };
  } catch (error) {
    if (error instanceof BadJson) return { lines: [], failed: true };
    throw error;
  }
}

interface Client {
  /** Settings with equal keys share a client. */
  readonly key: string;
  readonly warnings: readonly string[];
  /** Seconds; 0 for none. */
  readonly timeout: number;
  readonly insecure: boolean;
}

function clientOf(config: Strings): Client {
  const timeout = config.get('timeout') ?? '';
  const insecure = config.get('tlsNoVerifyPeer') ?? '';
  const seconds = atoi(timeout);
  const warnings: string[] = [];
  if (timeout !== '' && 'error' in seconds)
    warnings.push(
      `invalid timeout value: "${timeout}" not understood (${seconds.error}), using default value of ${DEFAULT_TIMEOUT}`,
    );
  const isTrue = /^(1|t|T|TRUE|true|True)$/.test(insecure);
  if (insecure !== '' && !isTrue && !/^(0|f|F|FALSE|false|False)$/.test(insecure))
    warnings.push(
      `not disabling certificate validation: strconv.ParseBool: parsing ${quote(insecure)}: invalid syntax`,
    );
  return {
    key: JSON.stringify([timeout, insecure]),
    warnings,
    timeout: 'value' in seconds ? Math.max(Number(seconds.value), 0) : DEFAULT_TIMEOUT,
    insecure: isTrue,
  };
}
