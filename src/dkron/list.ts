import { NotDkron, type OperatorError, ServerError, Unreachable } from '../base/errors.ts';
import { parseJson } from '../base/json.ts';
import type { JobText } from '../job/job.ts';
import { NotAnArray, scanArray } from '../job/scan.ts';
import { answerError, notDkron, notDkronError } from './answer-error.ts';
import { jobShape } from './shapes.ts';
import type { Reply } from './wire.ts';

export interface ListHead {
  readonly whom: string | null;
  /** How many jobs the server announced; null before 3.1.0. */
  readonly total: number | null;
}

/**
 * The objects of a list answer, those of each chunk as soon as it is there. Throws when the list
 * does not end as it should: broken off, empty, or not as many as announced.
 */
export async function* readList(
  url: string,
  reply: Reply,
  onHead?: (head: ListHead) => void,
): AsyncGenerator<Uint8Array[]> {
  if (reply.status !== 200) throw answerError(url, reply, await reply.text());
  if (notDkron(reply, '')) throw notDkronError(url, reply);
  const announced = reply.header('x-total-count');
  const total = announced === null ? null : Number(announced);
  onHead?.({ whom: reply.whom, total });
  const scanner = scanArray({ alike: true });
  let came = 0;
  let bytes = 0;
  try {
    for await (const chunk of reply.bytes) {
      bytes += chunk.length;
      const objects = scanner.push(chunk);
      came += objects.length;
      yield objects;
    }
  } catch (error) {
    if (error instanceof NotAnArray)
      throw new NotDkron(
        `${url} answered ${reply.ask.path} with no list of jobs: ${error.message}`,
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
  const why = cause ? `: ${cause.message}` : '';
  return new Unreachable(`the list of jobs from ${url} broke off after ${came}${of}${why}`, {
    data: 'What came is not all there is.',
    next: 'Try again.',
    cause,
  });
}

/**
 * A job from its bytes, together with its exact text. One that is known by this name with this
 * text is handed out again as the very same object.
 */
export function readJob(
  url: string,
  bytes: Uint8Array,
  known: ReadonlyMap<string, JobText>,
): JobText {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString();
  const before = known.get(nameIn(text));
  return before?.text === text ? before : parseJob(url, text);
}

/** The name as every Dkron writes it, at the front; "" where it stands otherwise. */
const nameIn = (text: string): string =>
  /^\{(?:"id":"[^"\\]*",)?"name":"([^"\\]*)"/.exec(text)?.[1] ?? '';

/** A job from its text; `url` is named when it is none. Throws NotDkron or ServerError. */
export function parseJob(url: string, text: string): JobText {
  const parsed = jobShape.safeParse(parseText(url, text));
  if (parsed.success) return { text, job: parsed.data };
  const [issue] = parsed.error.issues;
  const what = `a job (${nameIn(text) || 'its name is not in front'}) that is none`;
  throw new NotDkron(`${url} sent ${what}: ${issue?.path.join('.')}: ${issue?.message}`);
}

function parseText(url: string, text: string): unknown {
  try {
    return parseJson(text);
  } catch (error) {
    throw new ServerError(`${url} sent a job that is not JSON`, { cause: error });
  }
}
