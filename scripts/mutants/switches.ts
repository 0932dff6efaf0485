/**
 * Runs before every test file: what the switches that `faults.ts` puts into the sources call. One
 * fault at most is on; with none they note which of them each test comes by.
 */
import { afterEach, beforeEach, inject } from 'vitest';

declare module 'vitest' {
  interface ProvidedContext {
    fault: {
      /** 0 for none. */
      readonly on: number;
      /** A test that takes longer goes round for ever. */
      readonly longestMs: number;
    };
  }
  interface TaskMeta {
    /** The switches this test came by, and those that its file or a hook came by before it. */
    switches?: number[];
  }
}

const { on, longestMs } = inject('fault');
const seen = new Set<number>();
// Taken now: a test may put the clock under its own hand.
const now = performance.now.bind(performance);
let since = now();
let calls = 0;

function isOn(fault: number): boolean {
  if (on === 0) seen.add(fault);
  else if (++calls % 1024 === 0 && now() - since > longestMs) throw new Error('endless');
  return fault === on;
}

/** The operators take whatever stood beside them. */
type Operand = never;

const switches = {
  /** What came of the left side of a logical operator; its right side is evaluated in its place. */
  left: undefined as unknown,
  /** Whether the right side is wanted. */
  '&&': (fault: number) => Boolean(switches.left) !== isOn(fault),
  '||': (fault: number) => Boolean(switches.left) === isOn(fault),
  '??': (fault: number) => (isOn(fault) ? Boolean(switches.left) : isNothing(switches.left)),
  '===': (fault: number, a: Operand, b: Operand) => (a === b) !== isOn(fault),
  '!==': (fault: number, a: Operand, b: Operand) => (a !== b) !== isOn(fault),
  '<': (fault: number, a: Operand, b: Operand) => (isOn(fault) ? a <= b : a < b),
  '<=': (fault: number, a: Operand, b: Operand) => (isOn(fault) ? a < b : a <= b),
  '>': (fault: number, a: Operand, b: Operand) => (isOn(fault) ? a >= b : a > b),
  '>=': (fault: number, a: Operand, b: Operand) => (isOn(fault) ? a > b : a >= b),
  '+': (fault: number, a: Operand, b: Operand) => (isOn(fault) ? a - b : a + b),
  '-': (fault: number, a: Operand, b: Operand) => (isOn(fault) ? a + b : a - b),
  not: (fault: number, value: unknown) => (isOn(fault) ? !value : value),
  there(fault: number, value: unknown) {
    if (isOn(fault) && isNothing(value)) throw new TypeError(`${value} has no properties`);
    return value;
  },
};

const isNothing = (value: unknown): boolean => value === undefined || value === null;

Object.assign(globalThis, { $fault: switches });

/** Those that the file and hooks of it came by: no test does without them. */
const shared = new Set<number>();

beforeEach(() => {
  since = now();
  for (const fault of seen) shared.add(fault);
  seen.clear();
});

afterEach(({ task }) => {
  if (on === 0) task.meta.switches = [...new Set([...shared, ...seen])];
  seen.clear();
});
