import { nameOf } from './jobs.ts';
import { quantile, takeTurns } from './measure.ts';
import type { Row } from './report.ts';
import { type Painted, type Watched, watch } from './terminal.ts';

/** From the start of the process to the first rows, against a bare Node's first word. */
export async function measureStart(program: string, url: string, jobs: number): Promise<Row[]> {
  const firstWritten = async (args: readonly string[], text: RegExp): Promise<number> => {
    const watched = watch(args);
    try {
      return await watched.written(text);
    } finally {
      await watched.stop();
    }
  };
  const took = await takeTurns(9, {
    ours: () => firstWritten([program, '--url', url], new RegExp(nameOf(1))),
    node: () => firstWritten(['-e', 'process.stdout.write("ready")'], /ready/),
  });
  return [
    {
      measure: `first painted rows of ${jobs} jobs`,
      unit: 'ms',
      ours: took.ours,
      against: { what: 'bare Node', value: took.node },
      ratio: took.ours / took.node,
      aim: '≤ 5×',
    },
  ];
}

const keysEach = 150;

/** Keys and memory of one console on a list of so many jobs, on a screen of 200×50. */
export async function measureKeys(program: string, url: string, jobs: number): Promise<Row[]> {
  const console = watch([program, '--url', url]);
  try {
    // What the header says once all jobs are there.
    await console.written(/live · |slow · /);
    const step = await pressed(console, (at) => (at % 40 < 20 ? 'j' : 'k'));
    const scroll = await pressed(console, (at) => (at % 2 === 0 ? pageDown : pageUp));
    return [
      rowOf(`key → paint, cursor, ${jobs} jobs, p99`, 'ms', took(step), '≤ 16 ms'),
      rowOf(`bytes a key, cursor, ${jobs} jobs, p99`, 'bytes', bytes(step), '≤ 1 KB'),
      rowOf(`key → paint, page, ${jobs} jobs, p99`, 'ms', took(scroll)),
      rowOf(`bytes a key, page, ${jobs} jobs, p99`, 'bytes', bytes(scroll)),
      {
        measure: `resident memory, ${jobs} jobs`,
        unit: 'bytes',
        ours: console.memory(),
      },
    ];
  } finally {
    await console.stop();
  }
}

const took = (painted: readonly Painted[]) => painted.map((each) => each.took);
const bytes = (painted: readonly Painted[]) => painted.map((each) => each.bytes);

const pageDown = '\x1b[6~';
const pageUp = '\x1b[5~';

async function pressed(console: Watched, key: (at: number) => string): Promise<Painted[]> {
  const painted: Painted[] = [];
  for (let at = 0; at < keysEach; at++) painted.push(await console.press(key(at)));
  return painted;
}

function rowOf(measure: string, unit: Row['unit'], samples: readonly number[], aim?: string): Row {
  return {
    measure,
    unit,
    ours: quantile(samples, 0.99),
    against: { what: 'p50', value: quantile(samples, 0.5) },
    ...(aim === undefined ? {} : { aim }),
  };
}
