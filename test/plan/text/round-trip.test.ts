import fc from 'fast-check';
import { expect, test } from 'vitest';
import { withoutRest as planWithoutRest } from '../../../src/plan/compare.ts';
import type { PlanFile } from '../../../src/plan/text/plan-file.ts';
import { readPlan } from '../../../src/plan/text/read.ts';
import { planText } from '../../../src/plan/text/write.ts';
import { anyFile } from './plans.ts';

/** What is only on the server has a line and no definition, and its families are read anew. */
function withoutRest(file: PlanFile): PlanFile {
  const { families: _, ...plan } = planWithoutRest(file.plan);
  return { ...file, plan };
}

test('every plan is the same plan once it was a text', () => {
  fc.assert(
    fc.property(anyFile, fc.boolean(), fc.boolean(), (file, secrets, differences) => {
      expect(readPlan(planText(file, { secrets, differences }), 'PLAN')).toEqual(withoutRest(file));
    }),
  );
});

/** The lines of jobs, with the comments below each. */
function jobLines(text: string): { before: string; jobs: string[]; after: string } {
  const [before = '', ...rest] = text.split('\n\n');
  const jobs = rest.slice(0, -1).join('\n\n');
  const blocks = jobs.split(/\n(?! {4}#)/).filter((block) => block !== '');
  return { before, jobs: blocks, after: rest.at(-1) ?? '' };
}

const nameOn = (block: string): string => {
  const [, name = ''] = /^\S+ ("(?:[^"\\]|\\.)*"|\S+)/.exec(block) ?? [];
  return name.startsWith('"') ? JSON.parse(name) : name;
};

test('the order of the lines does not matter, nor how an editor ends them', () => {
  fc.assert(
    fc.property(anyFile, fc.infiniteStream(fc.nat()), (file, order) => {
      const { before, jobs, after } = jobLines(planText(file));
      const mixed = jobs
        .map((block) => ({ block, rank: order.next().value! }))
        .sort((a, b) => a.rank - b.rank)
        .map(({ block }) => block);
      const text = [before, ...mixed, '', after].join('\n').replaceAll('\n', '\r\n');
      expect(readPlan(`\ufeff${text}`, 'PLAN')).toEqual(withoutRest(file));
    }),
  );
});

test('a job is left as it is by # before its line', () => {
  fc.assert(
    fc.property(anyFile, fc.nat(), (file, at) => {
      const { before, jobs, after } = jobLines(planText(file));
      fc.pre(jobs.length > 0);
      const gone = at % jobs.length;
      const text = [before, ...jobs.map((block, i) => (i === gone ? `#${block}` : block)), after];
      const { choices } = readPlan(text.join('\n'), 'PLAN');
      const name = nameOn(jobs[gone]!);
      const wanted = new Map(file.choices);
      if (wanted.has(name)) wanted.set(name, 'skip');
      expect(choices).toEqual(wanted);
    }),
  );
});
