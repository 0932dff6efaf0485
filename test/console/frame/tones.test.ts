import { expect, it } from 'vitest';
import { frameOf } from '../../../src/console/frame/frame.ts';
import type { Line, Span } from '../../../src/view/line.ts';
import { themeOf } from '../../../src/view/theme.ts';
import { aJob, anExecution } from '../../support/jobs.ts';
import { everyWay, type World } from '../ways.ts';

/** A job and a run of each status, all runs of one length. */
const world: World = {
  jobs: [
    aJob({
      name: 'a',
      executor: 'http',
      executor_config: { url: 'http://x', body: '{"name":"b","count":1,"none":null}' },
      status: 'failed',
      success_count: 2,
      error_count: 2,
      last_success: '2026-11-21T14:00:00Z',
      last_error: '2026-11-21T14:10:00Z',
    }),
    aJob({ name: 'b', status: 'success', success_count: 2, last_success: '2026-11-21T14:00:00Z' }),
    aJob({ name: 'c', disabled: true }),
    aJob({ name: 'd' }),
  ],
  runs: [
    anExecution({ id: '1' }),
    anExecution({ id: '2', success: false }),
    anExecution({ id: '3', success: false, finished_at: '0001-01-01T00:00:00Z' }),
  ],
  text: 'told',
};

/**
 * What stands there in several tones and means nothing itself: what is typed and found, what a server
 * sent, the bar at the part that the keys act on, which is alone at the edge; and `+`, which is also a key.
 */
const sent = /^(told|o|▌|\+|[█▏▎▍▌▋▊▉]{2,})$/;

const frames = everyWay.flatMap(({ name, reach }) =>
  [80, 200].map((columns) => ({
    name: `${name}, ${columns} columns`,
    lines: frameOf({ ...reach(world), columns, rows: 50 }).lines,
  })),
);
const spans = frames.flatMap(({ name, lines }) => lines.flat().map((span) => ({ ...span, name })));

it('what is well, wrong or worth a look is never told by colour alone', () => {
  const tones = new Map<string, Map<string, string>>();
  for (const { text, tone = 'plain', name } of spans) {
    const said = text.trim();
    // The highest bars of the agenda say by their height that they are.
    const isHighest = said === '█' && tone === 'attention';
    if (said === '' || tone === 'quiet' || isHighest || sent.test(said)) continue;
    tones.set(said, (tones.get(said) ?? new Map()).set(tone, name));
  }
  const twofold = [...tones].filter(([, seen]) => seen.size > 1);
  expect(twofold.map(([text, seen]) => [text, Object.fromEntries(seen)])).toEqual([]);
});

it('a bar that has a tone has its word in the same line', () => {
  const marked = (line: Line) =>
    line.filter(({ text, tone }) => /[█▏▎▍▌▋▊▉]{2}/.test(text) && tone !== undefined);
  const lines = frames.flatMap(({ lines }) => lines).filter((line) => marked(line).length > 0);
  expect(lines.length).toBeGreaterThan(0);
  for (const line of lines) {
    const words = { ok: 'success', bad: 'failed', attention: /running|no end/ };
    const tone = marked(line)[0]?.tone as keyof typeof words;
    expect(line.map(({ text }) => text).join('')).toMatch(words[tone]);
  }
});

it('mono draws every screen without a colour, and what is chosen by more than its letters', () => {
  const mono = themeOf('mono', 256);
  const looks = new Set(spans.map((span: Span) => Object.keys(mono(span)).sort().join(' ')));
  expect([...looks].sort()).toEqual(['', 'bold', 'bold inverse', 'inverse']);
});
