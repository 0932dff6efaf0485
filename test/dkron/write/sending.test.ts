import { array, assert, asyncProperty, constantFrom, nat, record } from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  NoLeader,
  NotSent,
  OperatorError,
  OtherCluster,
  OutcomeUnknown,
  Paused,
  Refused,
  ServerError,
  TooBusy,
  Unreachable,
} from '../../../src/base/errors.ts';
import type { Dkron } from '../../../src/dkron/client.ts';
import { Lanes } from '../../../src/dkron/write/lanes.ts';
import type { Request } from '../../../src/dkron/write/requests.ts';
import { type Sending, sendAll } from '../../../src/dkron/write/sending.ts';
import { aJob } from '../../support/jobs.ts';

const answers = {
  refused: new Refused('no'),
  busy: new TooBusy('too busy'),
  noLeader: new NoLeader('no leader'),
  unreachable: new Unreachable('nobody there'),
  other: new OtherCluster('another one'),
  paused: new Paused('paused'),
  cut: new OutcomeUnknown('no answer'),
  failed: new OutcomeUnknown('answered with 500', { cause: new ServerError('500') }),
} as const;
type Answer = keyof typeof answers | 'ok';

interface Member {
  readonly script: readonly Answer[];
  /** The place of the one that it comes after; -1 for none. */
  readonly after: number;
}

interface Scene {
  /** What the cluster says of its leader, one look after the other; the last from then on. */
  readonly leaders?: readonly ('there' | 'none' | 'dead' | 'elsewhere')[];
  readonly options?: Partial<Sending>;
}

/** A server that answers each change as it is told, and waiting that costs no time. */
function scene({ leaders = ['there'], options = {} }: Scene = {}) {
  const lanes = new Lanes();
  const sent = new Map<string, Answer[]>();
  const order: string[] = [];
  const waits: string[] = [];
  const slept: number[] = [];
  let [now, looks, renewed, most, underWay] = [0, 0, 0, 0, 0];
  const look = () => leaders[Math.min(looks, leaders.length - 1)];
  const client = {
    url: 'http://d',
    closed: false,
    renew: () => void renewed++,
    leader: async () => {
      const seen = look();
      looks++;
      if (seen === 'dead') throw answers.unreachable;
      return { value: seen === 'none' ? null : { Name: 'n1' }, whom: 'n1' };
    },
  } as unknown as Dkron;
  const sending: Sending = {
    client,
    lanes,
    clock: {
      now: () => now,
      sleep: async (ms) => {
        slept.push(ms);
        now += ms;
      },
    },
    elsewhere: async () => (leaders[Math.max(0, looks - 1)] === 'elsewhere' ? answers.other : null),
    holds: true,
    onWait: ({ message }) => void waits.push(message),
    ...options,
  };
  const requestOf = (name: string, script: readonly Answer[]): Request => ({
    name,
    before: null,
    wanted: aJob({ name }),
    sent: null,
    send: async () => {
      const so = sent.get(name) ?? [];
      const answer = script[so.length] ?? 'ok';
      sent.set(name, [...so, answer]);
      order.push(name);
      most = Math.max(most, ++underWay);
      await new Promise(setImmediate);
      underWay--;
      if (answer !== 'ok') throw answers[answer];
    },
  });
  /** Sends these, each of which is answered so, one time after the other; gives what became of each. */
  const send = (...scripts: (readonly Answer[])[]): Promise<(Answer | 'not sent')[]> =>
    sendFamilies(scripts.map((script) => ({ script, after: -1 })));

  async function sendFamilies(all: readonly Member[]): Promise<(Answer | 'not sent')[]> {
    const requests: Request[] = [];
    for (const [at, { script, after }] of all.entries())
      requests.push({ ...requestOf(`j${at}`, script), after: requests[after] });
    const failures = await sendAll(requests, sending);
    return requests.map((request) => {
      const failure = failures.get(request);
      if (failure === undefined) return 'ok';
      if (failure instanceof NotSent) return 'not sent';
      return (Object.keys(answers) as (keyof typeof answers)[]).find(
        (key) => answers[key] === failure,
      )!;
    });
  }
  const times = () => [...sent.values()].map((all) => all.length);
  return {
    send,
    sendFamilies,
    sent,
    order,
    times,
    waits,
    slept,
    lanes,
    clock: () => now,
    looks: () => looks,
    renewed: () => renewed,
    most: () => most,
  };
}

const many = (count: number, script: readonly Answer[] = []): (readonly Answer[])[] =>
  Array.from({ length: count }, () => script);

describe('many requests', () => {
  it('go out on all lanes, each once', async () => {
    const { send, times, most, waits } = scene();
    expect(await send(...many(200))).toEqual(many(200).map(() => 'ok'));
    expect(times()).toEqual(many(200).map(() => 1));
    expect(most()).toBe(64);
    expect(waits).toEqual([]);
  });

  it('on fewer lanes where the server is too busy, and what it did not take goes again', async () => {
    const { send, times, lanes, slept } = scene();
    const scripts = [...many(64, ['busy']), ...many(20)];
    expect(new Set(await send(...scripts))).toEqual(new Set(['ok']));
    expect(times()).toEqual([...many(64).map(() => 2), ...many(20).map(() => 1)]);
    expect(lanes.width).toBeLessThan(40);
    expect(slept).toEqual([]);
  });

  it.each<[Answer, string]>([
    ['noLeader', 'no leader'],
    ['unreachable', 'nobody there'],
    ['other', 'another one'],
  ])('wait where the answer is %s, which is said once, and go on', async (answer, said) => {
    const before = answer === 'other' ? 'elsewhere' : answer === 'noLeader' ? 'none' : 'dead';
    const { send, waits, times, renewed, clock } = scene({ leaders: [before, before, 'there'] });
    const scripts = [[], ...many(63, [answer]), ...many(50)];
    expect(new Set(await send(...scripts))).toEqual(new Set(['ok']));
    expect(Math.max(...times())).toBe(2);
    expect(waits).toEqual([said]);
    expect(renewed()).toBe(1);
    expect(clock()).toBe(2_000);
  });

  it('never send again what may have happened', async () => {
    const { send, times, waits } = scene();
    expect(await send([], ['cut'], ['failed'], ...many(100))).toEqual([
      'ok',
      'cut',
      'failed',
      ...many(100).map(() => 'ok'),
    ]);
    expect(Math.max(...times())).toBe(1);
    expect(waits).toEqual(['no answer']);
  });

  it('wait for followers to notice that a leader is dead, where Dkron itself failed', async () => {
    const cut = scene();
    await cut.send(['cut'], ...many(100));
    expect(cut.slept).toEqual([]);
    const failed = scene();
    await failed.send(['failed'], ...many(100));
    expect(failed.slept).toEqual([2_500]);
  });

  it('are tried one at a time after a hold', async () => {
    const { send, times } = scene({ leaders: ['there'] });
    const outcomes = await send(['noLeader', 'noLeader'], ...many(63, ['noLeader']));
    expect(new Set(outcomes)).toEqual(new Set(['ok']));
    // The first alone found that it goes no better; the others were not sent in vain once more.
    expect(times().filter((count) => count === 3)).toHaveLength(1);
  });

  it('end where nothing was accepted for half a minute: each says what it knows', async () => {
    const { send, clock, waits } = scene({ leaders: ['none'] });
    const outcomes = await send(['cut'], ...many(63, ['noLeader']), ...many(36));
    expect(outcomes).toEqual([
      'cut',
      ...many(63).map(() => 'noLeader'),
      ...many(36).map(() => 'not sent'),
    ]);
    expect(clock()).toBe(30_000);
    expect(waits).toHaveLength(1);
  });

  it('end, too, where there is a leader and nothing is accepted all the same', async () => {
    const always: Answer[] = Array.from({ length: 100 }, () => 'unreachable');
    const again = scene();
    expect(new Set(await again.send(...many(5, always)))).toEqual(new Set(['unreachable']));
    expect(again.clock()).toBe(30_000);
    // Of those that may have happened one a second at most.
    const cut = scene();
    const outcomes = await cut.send(...many(200, ['cut']));
    expect(outcomes.filter((outcome) => outcome === 'cut').length).toBeLessThanOrEqual(64 + 31);
    expect(outcomes.at(-1)).toBe('not sent');
    expect(cut.waits).toHaveLength(1);
  });

  it('go on for as long as something is accepted in between', async () => {
    const { send, waits, slept } = scene({ leaders: ['there'] });
    const flaps = Array.from({ length: 40 }, (): (readonly Answer[])[] => [
      ['cut'],
      ...many(70),
    ]).flat();
    const outcomes = await send(...flaps);
    expect(outcomes.filter((outcome) => outcome === 'ok')).toHaveLength(40 * 70);
    expect(waits.length).toBeGreaterThan(1);
    expect(slept).toEqual([]);
  });

  it('stop at once at a pause, also in the middle', async () => {
    const { send, times, waits } = scene();
    const outcomes = await send(...many(64), ...many(100, ['paused']));
    expect(outcomes.filter((outcome) => outcome === 'ok')).toHaveLength(64);
    expect(outcomes.at(-1)).toBe('not sent');
    expect(times().length).toBeLessThanOrEqual(128);
    expect(waits).toEqual([]);
  });

  it('go past a refusal', async () => {
    const { send } = scene();
    expect(await send(['refused'], [], ['refused'])).toEqual(['refused', 'ok', 'refused']);
  });

  it('stop while they wait, when the operator gives up', async () => {
    const controller = new AbortController();
    const { send, clock } = scene({
      leaders: ['none'],
      options: { signal: controller.signal, onWait: () => controller.abort() },
    });
    const outcomes = await send(...many(64, ['noLeader']), ...many(10));
    expect(new Set(outcomes)).toEqual(new Set(['not sent']));
    expect(clock()).toBe(0);
  });

  it('count each once as dealt with', async () => {
    let dealt = 0;
    const { send } = scene({ leaders: ['none'], options: { onAnswer: () => void dealt++ } });
    await send(['ok'], ['refused'], ['cut'], ['noLeader'], ...many(90, ['busy', 'noLeader']));
    expect(dealt).toBe(94);
  });

  it('without a hold end at the first that fares as the others would', async () => {
    for (const answer of ['noLeader', 'unreachable', 'cut', 'other'] as const) {
      const { send, times, slept } = scene({ options: { holds: false } });
      const outcomes = await send(...many(64, [answer]), ...many(64));
      expect(outcomes[0]).toBe(answer);
      expect(outcomes.at(-1)).toBe('not sent');
      expect(Math.max(...times())).toBe(1);
      expect(slept).toEqual([]);
    }
    expect(await scene({ options: { holds: false } }).send(['busy'], [])).toEqual(['busy', 'ok']);
  });

  it('whatever the server answers: none is sent again that may have happened, and each is told as it is', async () => {
    const answer = constantFrom<Answer>('ok', 'ok', 'ok', ...(Object.keys(answers) as Answer[]));
    const leader = constantFrom(...(['there', 'none', 'dead', 'elsewhere'] as const));
    await assert(
      asyncProperty(
        array(array(answer, { maxLength: 4 }), { minLength: 1, maxLength: 150 }),
        array(leader, { maxLength: 6 }),
        nat(1),
        async (scripts, leaders, holds) => {
          const all = scene({ leaders: [...leaders, 'there'], options: { holds: holds === 1 } });
          const outcomes = await all.send(...scripts);
          for (const [at, outcome] of outcomes.entries()) {
            const got = all.sent.get(`j${at}`) ?? [];
            const last = got.at(-1);
            const mayHaveHappened = got.findIndex((one) => ['ok', 'cut', 'failed'].includes(one));
            if (mayHaveHappened >= 0) expect(mayHaveHappened).toBe(got.length - 1);
            // Never told as done, in doubt or not sent when it was another.
            if (outcome === 'ok' || outcome === 'cut' || outcome === 'failed')
              expect(last).toBe(outcome);
            if (last === 'ok' || last === 'cut' || last === 'failed') expect(outcome).toBe(last);
            if (outcome === 'refused' || outcome === 'paused') expect(last).toBe(outcome);
          }
        },
      ),
      { numRuns: 200 },
    );
  });

  it('go when what they come after was accepted, and behind what waits for nothing', async () => {
    const { sendFamilies, order, times } = scene();
    const busy: readonly Answer[] = ['busy'];
    const family = [
      { script: busy, after: -1 },
      { script: [], after: 0 },
      { script: [], after: 1 },
      ...many(70).map((script) => ({ script, after: -1 })),
    ];
    expect(new Set(await sendFamilies(family))).toEqual(new Set(['ok']));
    expect(order.filter((name) => /^j[012]$/.test(name))).toEqual(['j0', 'j0', 'j1', 'j2']);
    expect(order.indexOf('j1')).toBeGreaterThan(order.indexOf('j72'));
    expect(times().filter((count) => count > 1)).toHaveLength(1);
  });

  it('do not go where what they come after was not accepted, and say which', async () => {
    for (const answer of ['refused', 'cut', 'failed'] as const) {
      const { sendFamilies, sent } = scene();
      const script: readonly Answer[] = [answer];
      const chain = Array.from({ length: 20_000 }, (_, at) => ({ script: [], after: at - 1 }));
      const outcomes = await sendFamilies([{ script, after: -1 }, ...chain.slice(1)]);
      expect(outcomes[0]).toBe(answer);
      expect(new Set(outcomes.slice(1))).toEqual(new Set(['not sent']));
      expect(sent.size).toBe(1);
    }
  });

  it('whatever becomes of what they come after: never before it was accepted', async () => {
    const answer = constantFrom<Answer>('ok', 'ok', 'ok', ...(Object.keys(answers) as Answer[]));
    const member = record({ script: array(answer, { maxLength: 3 }), after: nat(40) });
    await assert(
      asyncProperty(array(member, { minLength: 1, maxLength: 40 }), nat(1), async (all, holds) => {
        const family = all.map(({ script, after }, at) => ({
          script,
          after: (after % (at + 1)) - 1,
        }));
        const { sendFamilies, sent, order } = scene({ options: { holds: holds === 1 } });
        const outcomes = await sendFamilies(family);
        for (const [at, { after }] of family.entries()) {
          const own = order.indexOf(`j${at}`);
          if (after < 0 || own < 0) continue;
          expect(sent.get(`j${after}`)?.at(-1)).toBe('ok');
          expect(order.lastIndexOf(`j${after}`)).toBeLessThan(own);
        }
        for (const [at, outcome] of outcomes.entries())
          if (outcome !== 'not sent') expect(sent.get(`j${at}`)?.at(-1)).toBe(outcome);
      }),
      { numRuns: 200 },
    );
  });

  it('do not hide a defect', async () => {
    const { send } = scene({
      options: {
        onAnswer: () => {
          throw new Error('a defect');
        },
      },
    });
    await expect(send([], [])).rejects.toThrow('a defect');
    expect(answers.busy).toBeInstanceOf(OperatorError);
  });
});
