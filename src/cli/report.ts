import { styleText } from 'node:util';
import * as errors from '../base/errors.ts';
import { stringifyJson } from '../base/json.ts';
import { withoutUserinfo } from '../dkron/secrets.ts';
import { clean } from '../terminal/cell.ts';
import type { Io } from './io.ts';

/**
 * Puts an error on stderr: what happened, what it means for the data, what to do next. As JSON:
 * `{"error":{"kind","message","data","next"}}` on one line, with `findings` where checks found why.
 */
export function reportError(error: unknown, io: Io, json: boolean): void {
  // An address may have been typed where none is expected, and be told back.
  io.stderr.write(`${withoutUserinfo(json ? asJson(error) : asText(error, io))}\n`);
}

function asText(error: unknown, io: Io): string {
  const label = styleText('red', 'error:', { stream: io.stderr });
  const [what, ...advice] = errors.explain(error).map(clean);
  return [`${label} ${what}`, ...advice.map((line) => `  ${line}`)].join('\n');
}

function asJson(error: unknown): string {
  const [message] = errors.explain(error);
  const known = error instanceof errors.OperatorError ? error : undefined;
  return stringifyJson({
    error: {
      kind: kindOf(error),
      message,
      data: known?.data ?? null,
      next: known?.next ?? null,
      ...(known === undefined || known.findings.length === 0 ? {} : { findings: known.findings }),
    },
  });
}

/** The name of the error's class in the table; that of the class itself is lost in the bundle. */
const kindOf = (error: unknown): string =>
  Object.entries(errors).find(([, kind]) => kind === (error as Error).constructor)?.[0] ?? 'Defect';
