import * as errors from '../base/errors.ts';
import { operatorError } from '../config/defects.ts';
import { discreet } from './discreet.ts';
import type { Io } from './io.ts';
import { printErrorLines, printJsonError } from './output.ts';

/**
 * Puts an error on stderr: what happened, what it means for the data, what to do next. As JSON:
 * `{"error":{"kind","message","data","next"}}` on one line, with `findings` where checks found why.
 */
export function reportError(error: unknown, io: Io, json: boolean): void {
  const known = operatorError(error, io.places.defects, io.log);
  const hidden = (text: string): string => discreet(io, text);
  const [message, ...advice] = errors.explain(known).map(hidden);
  if (json)
    printJsonError(io, { error: { kind: kindOf(known), message, ...adviceOf(known, hidden) } });
  else printErrorLines(io, [message ?? '', ...advice]);
}

function adviceOf(
  { data, next, findings }: errors.OperatorError,
  hidden: (text: string) => string,
) {
  const told = (text: string | undefined) => (text === undefined ? null : hidden(text));
  const advice = { data: told(data), next: told(next) };
  if (findings.length === 0) return advice;
  return { ...advice, findings: findings.map((one) => ({ ...one, text: hidden(one.text) })) };
}

/** The name of the error's class in the table; that of the class itself is lost in the bundle. */
const kindOf = (error: errors.OperatorError): string =>
  Object.entries(errors).find(([, kind]) => kind === error.constructor)?.[0] ?? 'OperatorError';
