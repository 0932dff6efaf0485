import { describe, expect, it, test } from 'vitest';
import { findingText } from '../../../src/job/lint/finding.ts';
import { type NodeTags, tagFindings } from '../../../src/job/lint/tags.ts';

const server: NodeTags = { server: 'true', region: 'global', role: 'dkron', dc: 'a' };
const web: NodeTags = { region: 'global', role: 'dkron', web: 'yes', disk: 'ssd' };
const far: NodeTags = { region: 'moon', role: 'dkron', far: 'yes' };
const nodes = [server, web, { ...web, disk: 'tape' }, far];

const told = (
  tags: Record<string, string> | null,
  among: readonly NodeTags[] | undefined = nodes,
) => tagFindings(tags, among).map((found) => `${found.level} ${findingText(found)}`);

describe('a job that some node is chosen for', () => {
  it.each([null, {}, { web: 'yes' }, { web: 'yes:1', disk: 'ssd' }, { web: 'yes:2' }, { dc: 'a' }])(
    '%j',
    (tags) => expect(told(tags)).toEqual([]),
  );
});

it.each<[Record<string, string>, string]>([
  [{ web: 'no' }, 'warning tags.web: no living node has web no (there is yes): it never runs'],
  [{ gpu: 'yes' }, 'warning tags.gpu: no living node has gpu yes: it never runs'],
  [
    { role: 'web' },
    'warning tags.role: no living node has role web (there is dkron): it never runs',
  ],
  [{ far: 'yes' }, 'warning tags.far: no living node has far yes: it never runs'],
  [{ __proto__x: 'y' }, 'warning tags.__proto__x: no living node has __proto__x y: it never runs'],
  [
    { constructor: 'y' },
    'warning tags.constructor: no living node has constructor y: it never runs',
  ],
  [{ dc: 'a', web: 'yes' }, 'warning tags: no living node has all of them: it never runs'],
  [{ web: 'yes:5' }, 'note tags.web: asks for 5 nodes, and 2 can be chosen'],
  [{ disk: 'ssd', web: 'yes:2' }, 'note tags.web: asks for 2 nodes, and 1 can be chosen'],
])('%j', (tags, text) => expect(told(tags)).toEqual([text]));

it.each(['yes:', 'yes:0', 'yes:-1', 'yes:many', 'yes:1.5', '//x'])('a count in %s', (text) => {
  const expected = text.includes(':')
    ? 'warning tags.web: behind its colon stands no number above 0: it never runs'
    : 'warning tags.web: no living node has web //x (there is yes): it never runs';
  expect(told({ web: text })).toEqual([expected]);
});

test('what stands behind a second colon is no count', () => {
  expect(told({ web: 'yes:no:1' })).toEqual([]);
});

test('no node is told of where the server does not tell its nodes', () => {
  expect(tagFindings({ web: 'no' }, undefined)).toEqual([]);
  expect(told({ web: 'no' }, [])).toEqual([]);
});
