import * as errors from '../base/errors.ts';
import { withoutUserinfo } from '../dkron/secrets.ts';
import type { Io } from './io.ts';
import { printErrorLines, printJsonError } from './output.ts';

/**
 * Puts an error on stderr: what happened, what it means for the data, what to do next. As JSON:
 * `{"error":{"kind","message","data","next"}}` on one line, with `findings` where checks found why.
 */
export function reportError(error: unknown, io: Io, json: boolean): void {
  // An address may have been typed where none is expected, and be told back.
  const [message, ...advice] = errors.explain(error).map(withoutUserinfo);
  if (json) printJsonError(io, { error: { kind: kindOf(error), message, ...adviceOf(error) } });
  else printErrorLines(io, [message ?? '', ...advice]);
}

function adviceOf(error: unknown) {
  const known = error instanceof errors.OperatorError ? error : undefined;
  const { data, next, findings = [] } = known ?? {};
  const advice = { data: hidden(data), next: hidden(next) };
  return findings.length === 0 ? advice : { ...advice, findings };
}

const hidden = (text: string | undefined): string | null =>
  text === undefined ? null : withoutUserinfo(text);

/** The name of the error's class in the table; that of the class itself is lost in the bundle. */
const kindOf = (error: unknown): string =>
  Object.entries(errors).find(([, kind]) => kind === (error as Error).constructor)?.[0] ?? 'Defect';
