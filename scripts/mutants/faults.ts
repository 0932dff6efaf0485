/** The small faults a source file can have, and the file with all of them in it, each behind a switch. */
import { parseAst } from 'vitest/node';

export interface Fault {
  readonly line: number;
  /** What stands between `start` and `end`, and what a developer would have written by mistake. */
  readonly start: number;
  readonly end: number;
  readonly put: string;
  /** What is put into the file so that `switches.ts` decides at every evaluation which of both it is. */
  readonly edits: (number: number) => readonly Edit[];
}

/** `text` in place of `from`–`to`; of two at one place that of the smaller `order` comes first. */
interface Edit {
  readonly from: number;
  readonly to: number;
  readonly text: string;
  readonly order: number;
}

interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [name: string]: unknown;
}

const operators: Record<string, string> = {
  '===': '!==',
  '!==': '===',
  '>': '>=',
  '>=': '>',
  '<': '<=',
  '<=': '<',
  '&&': '||',
  '||': '&&',
  '??': '&&',
};
const signs: Record<string, string> = { '+': '-', '-': '+' };

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && typeof (value as Node).type === 'string';

/** Types do not run; what an assertion is about does. */
const holdsCode = new Set(['TSAsExpression', 'TSNonNullExpression', 'TSSatisfiesExpression']);

function* walk(node: Node): Generator<Node> {
  if (node.type.startsWith('TS') && !holdsCode.has(node.type)) return;
  yield node;
  for (const value of Object.values(node))
    for (const child of Array.isArray(value) ? value : [value])
      if (isNode(child)) yield* walk(child);
}

const isNumber = (node: Node): boolean => typeof node['value'] === 'number';

/** The fault a node can have: its place, what is put there, and the edits that make a switch of it. */
function* faultsOf(node: Node, source: string, order: number): Generator<Omit<Fault, 'line'>> {
  const opening = (from: number, text: string): Edit => ({ from, to: from, text, order });
  const closing = (from: number, text: string): Edit => ({ from, to: from, text, order: -order });
  const inPlace = (from: number, to: number, text: string): Edit => ({
    from,
    to,
    text,
    order: Number.MAX_VALUE,
  });
  const { type, start, end } = node;
  const left = node['left'] as Node;
  const operator = node['operator'] as string;
  const around = (name: string, number: number, { start, end }: Node): Edit[] => [
    opening(start, `$fault.${name}(${number}, `),
    closing(end, ')'),
  ];
  if (type === 'BinaryExpression' || type === 'LogicalExpression') {
    const ofNumber = isNumber(left) || isNumber(node['right'] as Node);
    const put = operators[operator] ?? (ofNumber ? signs[operator] : undefined);
    if (put === undefined) return;
    const from = source.indexOf(operator, left.end);
    const to = from + operator.length;
    const edits = (number: number): Edit[] =>
      type === 'BinaryExpression'
        ? [
            opening(start, `$fault['${operator}'](${number}, `),
            inPlace(from, to, ','),
            closing(end, ')'),
          ]
        : [
            // No function around the right side, which may await.
            opening(start, '($fault.left = '),
            inPlace(from, to, `, $fault['${operator}'](${number}) ? `),
            closing(end, ' : $fault.left)'),
          ];
    yield { start: from, end: to, put, edits };
  } else if (type === 'Literal' && typeof node['value'] === 'boolean') {
    const put = String(!node['value']);
    const edits = (number: number): Edit[] => [
      inPlace(start, end, `$fault.not(${number}, ${node['value']})`),
    ];
    yield { start, end, put, edits };
  } else if (type === 'IfStatement' || type === 'ConditionalExpression') {
    const test = node['test'] as Node;
    if (operators[test['operator'] as string] !== undefined) return;
    const text = source.slice(test.start, test.end);
    const put = /Binary|Await/.test(test.type) ? `!(${text})` : `!${text}`;
    const edits = (number: number): Edit[] => around('not', number, test);
    yield { start: test.start, end: test.end, put, edits };
  } else if (type === 'MemberExpression' && node['optional'] === true) {
    const object = node['object'] as Node;
    // After another `?.` a missing object skips this one, too.
    const from = source.indexOf('?.', object.end);
    if (source.slice(object.start, object.end).includes('?.')) return;
    const edits = (number: number): Edit[] => around('there', number, object);
    yield { start: from, end: from + 2, put: node['computed'] === true ? '!' : '!.', edits };
  }
}

export function faultsIn(source: string, file: string): Fault[] {
  const program = parseAst(source, { lang: file.endsWith('x') ? 'tsx' : 'ts' }) as unknown as Node;
  return [...walk(program)].flatMap((node, at) =>
    [...faultsOf(node, source, at + 1)].map((fault) => ({
      ...fault,
      line: source.slice(0, fault.start).split('\n').length,
    })),
  );
}

/** The file as it would be with this one fault. */
export const withFault = (source: string, { start, end, put }: Fault): string =>
  source.slice(0, start) + put + source.slice(end);

/** The file with every one of these faults behind a switch of its number. */
export function withSwitches(
  source: string,
  faults: readonly (readonly [number: number, Fault])[],
): string {
  const edits = faults
    .flatMap(([number, fault]) => fault.edits(number))
    .sort((a, b) => a.from - b.from || a.order - b.order);
  let at = 0;
  let text = '';
  for (const edit of edits) {
    text += source.slice(at, edit.from) + edit.text;
    at = edit.to;
  }
  return text + source.slice(at);
}
