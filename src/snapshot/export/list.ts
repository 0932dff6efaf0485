/** Jobs as one file: a snapshot's lines, a list, or what Dkron's own restore takes. */
import { OperatorError } from '../../base/errors.ts';
import { neatYaml } from '../../job/file/neat.ts';
import type { JobText } from '../../job/job.ts';
import { parseJson, stringifyJson } from '../../json/numbers.ts';
import { formatSnapshot, type SnapshotPart } from '../take/format.ts';

/** `yaml` is a folder with a file a job; the others are one file. */
export const exportFormats = ['yaml', 'jsonl', 'array', 'restore'] as const;
export type ExportFormat = (typeof exportFormats)[number];

/**
 * The jobs in a format. `jsonl` is a snapshot, `array` the same between brackets: each job with the bytes it
 * came with. `restore` is an array for `POST /v1/restore`: Dkron adds each child to the list of its
 * parent itself, and would have it there twice. Throws OperatorError where it would refuse the file.
 */
export function formatJobs(
  jobs: readonly JobText[],
  format: ExportFormat,
): AsyncIterable<SnapshotPart> {
  if (format === 'yaml') return yamlDocuments(jobs);
  if (format === 'jsonl') return lines(jobs);
  if (format === 'array') return array(jobs);
  checkParents(jobs);
  return array(jobs.map(withoutChildren));
}

function withoutChildren({ job, text }: JobText): JobText {
  const fields = parseJson(text) as Readonly<Record<string, unknown>>;
  return { job, text: stringifyJson({ ...fields, dependent_jobs: null }) };
}

async function* yamlDocuments(jobs: readonly JobText[]): AsyncGenerator<SnapshotPart> {
  const text = jobs.map(({ job }) => `---\n${neatYaml(job)}`).join('');
  yield { bytes: Buffer.from(text || '[]\n'), jobs: jobs.length };
}

const lines = (jobs: readonly JobText[]): AsyncIterable<SnapshotPart> =>
  formatSnapshot(
    (async function* () {
      yield jobs.map(({ text }) => Buffer.from(text));
    })(),
  );

/** The lines of a snapshot, parents first, with commas between them. */
async function* array(jobs: readonly JobText[]): AsyncGenerator<SnapshotPart> {
  if (jobs.length === 0) return yield { bytes: Buffer.from('[]\n'), jobs: 0 };
  let left = jobs.length;
  yield { bytes: Buffer.from('[\n'), jobs: 0 };
  for await (const part of lines(jobs)) {
    left -= part.jobs;
    // A line break stands at the end of a job only.
    const text = Buffer.from(part.bytes)
      .toString('latin1')
      .replace(/\n(?!$)/g, ',\n');
    const bytes = Buffer.from(left > 0 ? text.replace(/\n$/, ',\n') : text, 'latin1');
    yield { bytes, jobs: part.jobs };
  }
  yield { bytes: Buffer.from(']\n'), jobs: 0 };
}

/** Dkron refuses the whole file for one job whose parent is not in it, and does not say why. */
function checkParents(jobs: readonly JobText[]): void {
  const names = new Set(jobs.map(({ job }) => job.name));
  const orphan = jobs.find(({ job }) => job.parent_job !== '' && !names.has(job.parent_job));
  if (orphan === undefined) return;
  throw new OperatorError(
    `${orphan.job.name} needs its parent ${orphan.job.parent_job}: Dkron's restore would refuse the whole file`,
    { data: 'Nothing was written.', next: 'Export the parent as well.' },
  );
}
