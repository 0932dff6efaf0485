import { array, assert, constantFrom, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Lanes } from '../../../src/dkron/write/lanes.ts';

const accept = (lanes: Lanes, times: number): void => {
  for (let at = 0; at < times; at++) lanes.accepted();
};

describe('lanes', () => {
  it('are as many as raft flushes together, and never more', () => {
    const lanes = new Lanes();
    accept(lanes, 1_000);
    expect(lanes.width).toBe(64);
  });

  it('are half as many once for all that was under way when the server was too busy', () => {
    const lanes = new Lanes();
    const { era } = lanes;
    for (let at = 0; at < 64; at++) lanes.tooBusy(era);
    expect(lanes.width).toBe(32);
    lanes.tooBusy(lanes.era);
    expect(lanes.width).toBe(16);
  });

  it('become more again, a lane a round', () => {
    const lanes = new Lanes();
    lanes.tooBusy(lanes.era);
    accept(lanes, 33);
    expect(lanes.width).toBe(33);
    accept(lanes, 34);
    expect(lanes.width).toBe(34);
    accept(lanes, 2_000);
    expect(lanes.width).toBe(64);
  });

  it('begin with one after a hold, and double a round up to where it went well', () => {
    const lanes = new Lanes();
    lanes.begin();
    expect(lanes.width).toBe(1);
    accept(lanes, 1);
    expect(lanes.width).toBe(2);
    accept(lanes, 2);
    expect(lanes.width).toBe(4);
    accept(lanes, 60);
    expect(lanes.width).toBe(64);
    lanes.tooBusy(lanes.era);
    lanes.begin();
    accept(lanes, 31);
    expect(lanes.width).toBe(32);
    accept(lanes, 31);
    expect(lanes.width).toBe(32);
  });

  it('are never none, whatever comes', () => {
    assert(
      property(array(constantFrom('accepted', 'busy', 'begin')), (what) => {
        const lanes = new Lanes();
        for (const one of what) {
          if (one === 'busy') lanes.tooBusy(lanes.era);
          else if (one === 'begin') lanes.begin();
          else lanes.accepted();
          expect(lanes.width).toBeGreaterThanOrEqual(1);
          expect(lanes.width).toBeLessThanOrEqual(64);
        }
      }),
    );
  });
});
