import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { Protected, ReadOnly, UsageError } from '../../src/base/errors.ts';
import { confirm } from '../../src/cli/confirm.ts';
import type { Invocation } from '../../src/cli/invocation.ts';
import { bareTarget, type Target } from '../../src/config/target.ts';

const prod: Partial<Target> = { context: 'prod', protected: true };

/** Asks about a change there; `typed` makes it a terminal. */
function asking(
  target: Partial<Target>,
  { confirmed = null, typed }: { confirmed?: string | null; typed?: string } = {},
) {
  const stream = () => Object.assign(new PassThrough(), { isTTY: typed !== undefined });
  const [stdin, stdout, stderr] = [stream(), stream(), stream()];
  if (typed !== undefined) stdin.end(`${typed}\n`);
  const { signal } = new AbortController();
  const invocation = {
    io: { stdin, stdout, stderr, signal },
    target: bareTarget('http://localhost:8080', target),
    confirmed,
  } as unknown as Invocation;
  return {
    agree: (yes: boolean, expected?: string) => confirm(invocation, 'Change a?', yes, expected),
    said: () => String(stderr.read() ?? ''),
  };
}

describe('a change of a protected context', () => {
  it('is agreed to by typing its name', async () => {
    const { agree, said } = asking(prod, { typed: 'prod' });
    expect(await agree(false)).toBe('prod');
    expect(said()).toContain('Change a? Type prod to confirm:');
  });

  it('is agreed to by the name of what is lost, where that is asked for', async () => {
    expect(await asking(prod, { typed: 'etl' }).agree(false, 'etl')).toBe('prod');
  });

  it.each(['y', 'yes', '', 'PROD'])('is not agreed to by %o', async (typed) => {
    await expect(asking(prod, { typed }).agree(false)).rejects.toThrow('not confirmed');
  });

  it('needs more than --yes in a script', async () => {
    const failure = asking(prod).agree(true);
    await expect(failure).rejects.toThrow(Protected);
    await expect(failure).rejects.toMatchObject({ next: 'add --confirm prod' });
    expect(await asking(prod, { confirmed: 'prod' }).agree(false)).toBe('prod');
  });

  it('is not agreed to by the name of another', async () => {
    const failure = asking(prod, { confirmed: 'staging' }).agree(true);
    await expect(failure).rejects.toThrow(UsageError);
    await expect(failure).rejects.toThrow('--confirm staging: this is prod');
  });

  it('has the name of its label where it has no other', async () => {
    const { agree } = asking({ label: 'demo', protected: true }, { confirmed: 'demo' });
    expect(await agree(true)).toBe('demo');
  });
});

describe('a change of any other server', () => {
  it('is not agreed to by --confirm: who writes it means a protected one', async () => {
    const failure = asking({}, { confirmed: 'prod' }).agree(true);
    await expect(failure).rejects.toThrow('this server is not a protected context');
  });

  it('is agreed to by --yes, or by y', async () => {
    expect(await asking({}).agree(true)).toBeNull();
    expect(await asking({}, { typed: 'y' }).agree(false)).toBeNull();
  });
});

it('a read-only context says where that stands', async () => {
  const failure = asking({ context: 'prod', readOnly: true }).agree(true);
  await expect(failure).rejects.toThrow(ReadOnly);
  await expect(failure).rejects.toThrow('prod is read-only here');
});
