import { NotDkron, type OperatorError, ServerError, Unreachable } from '../base/errors.ts';
import { parseJson } from '../base/json.ts';
import type { JobText } from '../job/job.ts';
import { NotAnArray, scanArray } from '../job/scan.ts';
import { answerError, notDkron, notDkronError } from './failures.ts';
import { jobShape } from './shapes.ts';
import type { Reply } from './transport.ts';

export interface ListHead {
  readonly whom: string | null;
  /** How many jobs the server announced; null before 3.1.0. */
  readonly total: number | null;
}

/**
 * The objects of a list answer, each as soon as its bytes are there. Throws when the list does not
 * end as it should: broken off, empty, or not as many as announced.
 */
export async function* readList(
  url: string,
  reply: Reply,
  onHead?: (head: ListHead) => void,
): AsyncGenerator<Uint8Array> {
  if (reply.status !== 200) throw answerError(url, reply, await reply.text());
  if (notDkron(reply, '')) throw notDkronError(url, reply);
  const announced = reply.header('x-total-count');
  const total = announced === null ? null : Number(announced);
  onHead?.({ whom: reply.whom, total });
  const scanner = scanArray();
  let came = 0;
  let bytes = 0;
  try {
    for await (const chunk of reply.bytes) {
      bytes += chunk.length;
      for (const object of scanner.push(chunk)) {
        came++;
        yield object;
      }
    }
  } catch (error) {
    if (error instanceof NotAnArray)
      throw new NotDkron(
        `${url} answered ${reply.ask.path}, but not with a list: ${error.message}`,
      );
    if (error instanceof Unreachable) throw brokenOff(url, came, total, error);
    throw error;
  }
  // Dkron up to 4.0.5 answers 200 and nothing when its store fails (api.go jobsHandler).
  if (bytes === 0)
    throw new ServerError(`${url} answered the list of jobs with nothing`, {
      data: 'That is a failure of the server, not an empty list.',
      next: "The server's log may say why; try again.",
    });
  if (!scanner.closed || (total !== null && came !== total)) throw brokenOff(url, came, total);
}

function brokenOff(url: string, came: number, total: number | null, cause?: OperatorError) {
  const of = total === null ? '' : ` of ${total}`;
  return new Unreachable(
    `the list of jobs from ${url} broke off after ${came}${of} jobs${cause ? `: ${cause.message}` : ''}`,
    { data: 'What came is not all there is.', next: 'Try again.', cause },
  );
}

/** A job from its bytes, together with its exact text. */
export function parseJob(url: string, bytes: Uint8Array): JobText {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString();
  const parsed = jobShape.safeParse(parseText(url, text));
  if (parsed.success) return { text, job: parsed.data };
  const [issue] = parsed.error.issues;
  throw new NotDkron(`${url} sent a job that is none: ${issue?.path.join('.')} ${issue?.message}`);
}

function parseText(url: string, text: string): unknown {
  try {
    return parseJson(text);
  } catch (error) {
    throw new ServerError(`${url} sent a job that is not JSON`, { cause: error });
  }
}
