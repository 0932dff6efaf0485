import type * as z from 'zod/mini';
import { NotDkron, NotFound, ServerError } from '../base/errors.ts';
import { tooManyIn } from '../job/bounds.ts';
import { parseJson } from '../json/numbers.ts';
import { answerError } from './answer-error.ts';
import { misfit } from './misfit.ts';
import { foreignJson, notDkron, notDkronError } from './not-dkron.ts';
import type { Reply } from './wire.ts';

/** What was asked for, and the node that answered (null before 3.1.0). */
export interface Answer<T> {
  readonly value: T;
  readonly whom: string | null;
}

/** The text of a successful answer; throws for any other. */
export async function success(url: string, reply: Reply): Promise<string> {
  const text = await reply.text();
  if (reply.status !== 200) throw answerError(url, reply, text);
  return text;
}

/** The text of a successful answer, read as JSON of this shape. */
export function parse<T>(
  url: string,
  reply: Reply,
  shape: z.ZodMiniType<T>,
  text: string,
): Answer<T> {
  checkAnswer(url, reply, text);
  const excess = tooManyIn(text, mostValues);
  if (excess !== undefined) throw foreignJson(url, reply, text, `it ${excess}`);
  const value = readJson(url, reply, text);
  const parsed = shape.safeParse(value);
  if (parsed.success) return { value: parsed.data, whom: reply.whom };
  throw foreignJson(url, reply, text, misfit(parsed.error, value));
}

/** Throws for what another program answered, and for nothing. */
export function checkAnswer(url: string, reply: Reply, text: string): void {
  if (notDkron(reply, text)) throw notDkronError(url, reply, text);
  if (text === '')
    throw new ServerError(`${url} answered ${reply.ask.path} with nothing`, {
      next: "The server's log may say why; try again.",
    });
}

/** A hundred thousand runs under way have as many. */
const mostValues = 1_000_000;

function readJson(url: string, reply: Reply, text: string): unknown {
  try {
    return parseJson(text);
  } catch (error) {
    throw new NotDkron(`${url} answered ${reply.ask.path} with something that is not JSON`, {
      cause: error,
    });
  }
}

/** Names the job that is missing, where the server gave a bare 404. */
export async function found<T>(url: string, name: string, answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof NotFound) throw new NotFound(`there is no job ${name} on ${url}`);
    throw error;
  }
}
