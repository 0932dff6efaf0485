import * as errors from '../base/errors.ts';
import { operatorError } from '../config/defects.ts';
import { withoutUserinfo } from '../dkron/secrets.ts';
import type { Io } from './io.ts';
import { printErrorLines, printJsonError } from './output.ts';

/**
 * Puts an error on stderr: what happened, what it means for the data, what to do next. As JSON:
 * `{"error":{"kind","message","data","next"}}` on one line, with `findings` where checks found why.
 */
export function reportError(error: unknown, io: Io, json: boolean): void {
  const known = operatorError(error, io.places.defects, io.log);
  // An address may have been typed where none is expected, and be told back.
  const [message, ...advice] = errors.explain(known).map(withoutUserinfo);
  if (json) printJsonError(io, { error: { kind: kindOf(known), message, ...adviceOf(known) } });
  else printErrorLines(io, [message ?? '', ...advice]);
}

function adviceOf({ data, next, findings = [] }: errors.OperatorError) {
  const advice = { data: hidden(data), next: hidden(next) };
  return findings.length === 0 ? advice : { ...advice, findings };
}

const hidden = (text: string | undefined): string | null =>
  text === undefined ? null : withoutUserinfo(text);

/** The name of the error's class in the table; that of the class itself is lost in the bundle. */
const kindOf = (error: errors.OperatorError): string =>
  Object.entries(errors).find(([, kind]) => kind === error.constructor)?.[0] ?? 'OperatorError';
