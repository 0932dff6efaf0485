/** What a context says about the checks of its jobs. */
import * as z from 'zod';
import { units } from '../job/ttl/table.ts';
import { mapOf, oneOf, text } from './shape-parts.ts';

const aCommand = 'must be a program and its words, each by itself: [psql, -c, "copy …"]';

const ttl = mapOf({
  file: text('A file with the table; ~/ is your home.').optional(),
  command: z
    .array(z.string(aCommand), aCommand)
    .min(1, aCommand)
    .describe('A program that prints the table, and its words; no shell reads them.')
    .optional(),
  shell: text('A line for /bin/sh that prints the table.').optional(),
  match: z
    .record(z.string(), text('path, query.NAME, body.PATH, metadata.NAME or name.'), {
      error: 'must be columns of the table, each with where a job has the same',
    })
    .describe(
      'By columns of the table, where a job has the same: path (of its url), query.NAME, body.PATH, metadata.NAME or name.',
    ),
  soft: text('The column with the soft TTL.'),
  hard: text('The column with the hard TTL.').optional(),
  unit: oneOf(Object.keys(units) as (keyof typeof units)[])
    .describe('What a number in these columns counts; seconds without it.')
    .optional(),
}).describe('How long what a job fetches is kept: a table, CSV with titles or JSON.');

const ignored = mapOf({
  rule: text('The name of a rule, or how the names of several begin.'),
  jobs: text('A filter, as / takes it; all jobs without it.').optional(),
});

export const lintShape = mapOf({
  ttl: ttl.optional(),
  ignore: z
    .array(ignored, 'must be a list of { rule: NAME, jobs: FILTER }')
    .describe('Findings that are left out, and counted.')
    .optional(),
}).describe('What the checks of jobs go by.');
