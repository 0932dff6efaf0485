import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { aDefinition } from '../../support/jobs.ts';
import { fresh } from '../fresh.ts';
import { run } from '../run.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cli-plan-'));
  onTestFinished(() => rm(folder, { recursive: true }));
});
const at = (name: string): string => join(folder, name);

/** A server that has `a` and `gone`, and a file that has `a` otherwise and `b` new. */
async function planned() {
  const server = await fresh(
    { name: 'a', retries: 1, metadata: { token: 's3cret' } },
    { name: 'same' },
    { name: 'rest' },
  );
  const jobs = [
    { ...(await server.job('a')), retries: 2 },
    await server.job('same'),
    { ...(await server.job('same')), name: 'b' },
  ];
  await writeFile(at('jobs.json'), JSON.stringify(jobs));
  const kept = await server.dkron('restore', at('jobs.json'), '--plan-out', at('PLAN'));
  const edit = async (change: (text: string) => string) =>
    writeFile(at('PLAN'), change(await readFile(at('PLAN'), 'utf8')));
  return { ...server, kept, edit };
}

describe('--plan-out', () => {
  test('keeps the plan for its owner only, and writes nothing', async () => {
    const { kept, names, job } = await planned();
    expect(kept.code).toBe(3);
    expect(kept.stdout).toContain(`the plan is in ${at('PLAN')}: 2 jobs to write`);
    expect(await names()).toEqual(['a', 'rest', 'same']);
    expect(await job('a')).toMatchObject({ retries: 1 });
    expect((await stat(at('PLAN'))).mode & 0o777).toBe(0o600);
    const lines = (await readFile(at('PLAN'), 'utf8')).split('\n');
    expect(lines.filter((line) => /^(create|overwrite|same|only-here) /.test(line))).toEqual([
      'overwrite a  # retries 1 → 2',
      'create b',
      'same same',
      'only-here rest  # stays as it is',
    ]);
  });

  test('never writes over a file, and can be packed', async () => {
    const { dkron } = await planned();
    const again = await dkron('restore', at('jobs.json'), '--plan-out', at('PLAN'));
    expect(again.code).toBe(1);
    expect(again.stderr).toContain('is already there; a plan never replaces a file');
    await dkron('restore', at('jobs.json'), '--plan-out', at('PLAN.gz'));
    expect((await dkron('restore', '--apply', at('PLAN.gz'), '--dry-run')).code).toBe(3);
  });

  test('wants a name', async () => {
    const { dkron } = await planned();
    const { code, stderr } = await dkron('restore', at('jobs.json'), '--plan-out', '-');
    expect([code, stderr]).toEqual([2, expect.stringContaining('give its name')]);
  });

  test('is nothing to write where nothing changes', async () => {
    const { dkron } = await planned();
    const { code } = await dkron('restore', at('jobs.json'), 'same', '--plan-out', at('NONE'));
    expect(code).toBe(0);
    expect(await readFile(at('NONE'), 'utf8')).not.toMatch(/^definition \{"name":"rest"/m);
  });

  test('keeps what any command would do', async () => {
    const { dkron, names, job } = await planned();
    await dkron('delete', 'rest', '--plan-out', at('DELETE'));
    await dkron('disable', 'a', 'same', '--plan-out', at('DISABLE'));
    expect(await names()).toContain('rest');
    expect((await dkron('restore', '--apply', at('DELETE'), '--yes')).code).toBe(0);
    expect(await names()).not.toContain('rest');
    const disabled = await dkron('restore', '--apply', at('DISABLE'), '--yes');
    expect(disabled.stdout).toContain('2 jobs disabled and verified');
    expect(await job('a')).toMatchObject({ disabled: true, retries: 1 });
    await dkron('rename', 'a', 'z', '--plan-out', at('RENAME'));
    expect((await dkron('restore', '--apply', at('RENAME'), '--dry-run')).stdout).toContain('z ');
    await dkron('undo', '--plan-out', at('UNDO'));
    expect((await dkron('restore', '--apply', at('UNDO'), '--yes')).code).toBe(0);
    expect(await job('a')).toMatchObject({ disabled: false });
  });

  test('shows credentials only when asked', async () => {
    const { dkron, job } = await planned();
    const changed = { ...(await job('a')), metadata: { token: 'an0ther' } };
    await writeFile(at('one.json'), JSON.stringify(changed));
    const comments = async (path: string) =>
      (await readFile(path, 'utf8'))
        .split('\n')
        .filter((line) => /^\s*#/.test(line))
        .join('\n');
    await dkron('restore', at('one.json'), '--plan-out', at('HIDDEN'));
    expect(await comments(at('HIDDEN'))).not.toMatch(/s3cret|an0ther/);
    await dkron('restore', at('one.json'), '--plan-out', at('SHOWN'), '--show-secrets');
    expect(await comments(at('SHOWN'))).toMatch(/s3cret[\s\S]*an0ther/);
  });
});

describe('--apply', () => {
  test('does what the plan says, once it is agreed to', async () => {
    const { dkron, typing, names, job } = await planned();
    expect((await dkron('restore', '--apply', at('PLAN'))).code).toBe(2);
    expect(await names()).not.toContain('b');
    const { code, stdout } = await typing('y\n', 'restore', '--apply', at('PLAN'));
    expect(code).toBe(0);
    expect(stdout).toContain('2 jobs written and verified');
    expect(await names()).toEqual(['a', 'b', 'rest', 'same']);
    expect(await job('a')).toMatchObject({ retries: 2, metadata: { token: 's3cret' } });
    const again = await dkron('restore', '--apply', at('PLAN'), '--yes');
    expect(again.code).toBe(0);
    expect(again.stdout).toContain('2 same');
  });

  test('asks about the jobs that the plan says so of, one by one, on a terminal only', async () => {
    const { url, dkron, edit, names, job } = await planned();
    await edit((text) => text.replace('create b', 'ask b').replace('overwrite a', 'ask a'));
    const nobody = await dkron('restore', '--apply', at('PLAN'), '--yes');
    expect([nobody.code, nobody.stderr]).toEqual([
      2,
      expect.stringContaining('no terminal to ask'),
    ]);
    const { code, stderr } = await run(['restore', '--apply', at('PLAN'), '--url', url], {
      answers: ['n', 'y', 'y'],
    });
    expect(code).toBe(0);
    expect(stderr).toMatch(/Write over a \(1 of 2\)\?[\s\S]*Create b \(2 of 2\)\?/);
    expect(await names()).toContain('b');
    expect(await job('a')).toMatchObject({ retries: 1 });
  });

  test.each([
    [['n'], [], 'child, grandchild', ['root (1 of 2)']],
    [['y', 'n', 'y'], ['root'], 'grandchild', ['root (1 of 2)', 'child (2 of 2)']],
    [['all', 'y'], ['child', 'grandchild', 'root'], undefined, ['root (1 of 2)']],
  ])('leaves out what needs a new job that is left out: %j', async (answers, made, left, asked) => {
    const { url, dkron, edit, names } = await planned();
    const family = [
      aDefinition({ name: 'grandchild', parent_job: 'child' }),
      aDefinition({ name: 'root' }),
      aDefinition({ name: 'child', parent_job: 'root' }),
    ];
    await writeFile(at('family.json'), JSON.stringify(family));
    await rm(at('PLAN'));
    await dkron('restore', at('family.json'), '--plan-out', at('PLAN'));
    await edit((text) => text.replace(/^create (root|child)\b/gm, 'ask $1'));
    const { code, stderr } = await run(['restore', '--apply', at('PLAN'), '--url', url], {
      answers,
    });
    expect(code).toBe(0);
    expect(/because they need what you left out: (.*)/.exec(stderr)?.[1]).toBe(left);
    expect(Array.from(stderr.matchAll(/Create (\w+ \(.*?\))\?/g), ([, one]) => one)).toEqual(asked);
    expect((await names()).filter((name) => /root|child/.test(name)).sort()).toEqual(made);
  });

  test('keeps what is to be asked about, and what a policy makes of the jobs', async () => {
    const { dkron, job } = await planned();
    const out = ['--plan-out', at('ASKED')];
    await dkron('restore', at('jobs.json'), '--existing', 'ask', '--disabled', ...out);
    const text = await readFile(at('ASKED'), 'utf8');
    expect(text).toMatch(/^ask a {2}#/m);
    expect(text).toMatch(/^create b$/m);
    expect((await dkron('restore', '--apply', at('ASKED'), '--dry-run')).stdout).toContain('1 new');
    await writeFile(
      at('ASKED'),
      text.replace(/^ask a/m, 'skip a').replace(/^ask same/m, 'skip same'),
    );
    await dkron('restore', '--apply', at('ASKED'), '--yes');
    expect(await job('b')).toMatchObject({ disabled: true });
    expect(await job('a')).toMatchObject({ disabled: false });
  });

  test('leaves out what stands behind #, and what is to be skipped', async () => {
    const { dkron, edit, names, job } = await planned();
    await edit((text) => text.replace('create b', '# create b').replace('overwrite a', 'skip a'));
    expect((await dkron('restore', '--apply', at('PLAN'), '--yes')).code).toBe(0);
    expect(await names()).not.toContain('b');
    expect(await job('a')).toMatchObject({ retries: 1 });
  });

  test('checks an edited definition anew', async () => {
    const { dkron, edit, names } = await planned();
    await edit((text) =>
      text.replace(/("wanted":\{"name":"b".*?"schedule":)"[^"]*"/, '$1"every monday"'),
    );
    const { code, stdout } = await dkron('restore', '--apply', at('PLAN'), '--yes');
    expect(code).toBe(4);
    expect(stdout).toMatch(/b +blocked +.*schedule/);
    expect(await names()).not.toContain('b');
  });

  test('names the line of a plan that cannot be read, and asks no server', async () => {
    const { dkron, edit } = await planned();
    await edit((text) => text.replace('overwrite a', 'overwrite aa'));
    const { code, stderr } = await dkron('restore', '--apply', at('PLAN'), '--yes');
    expect(code).toBe(7);
    expect(stderr).toMatch(/PLAN, line \d+: there is no definition of aa/);
  });

  test('takes no file of jobs beside it, and wants one of both', async () => {
    const { dkron } = await planned();
    const both = await dkron('restore', at('jobs.json'), '--apply', at('PLAN'));
    expect([both.code, both.stderr]).toEqual([
      2,
      expect.stringContaining('takes its jobs from the plan'),
    ]);
    const none = await dkron('restore');
    expect([none.code, none.stderr]).toEqual([2, expect.stringContaining('nothing is named')]);
  });

  test('reads a plan that another program pipes in', async () => {
    const { piping, names } = await planned();
    const text = await readFile(at('PLAN'), 'utf8');
    expect((await piping(text, 'restore', '--apply', '-', '--yes')).code).toBe(0);
    expect(await names()).toContain('b');
  });

  test('refuses another cluster', async () => {
    await planned();
    const other = await fresh({ name: 'a' }, { name: 'x' });
    const { code, stderr } = await other.dkron('restore', '--apply', at('PLAN'), '--yes');
    expect(code).toBe(9);
    expect(stderr).toContain('this plan was made for');
    expect(await other.names()).toEqual(['a', 'x']);
  });
});

describe('a job that somebody changed meanwhile', () => {
  async function moved() {
    const all = await planned();
    await all.post({ name: 'a', retries: 1, owner: 'ops', metadata: { token: 'n3w' } });
    return all;
  }

  test('is refused alone, with base, plan and server side by side', async () => {
    const { dkron, names, job } = await moved();
    const { code, stdout } = await dkron('restore', '--apply', at('PLAN'), '--yes');
    expect(code).toBe(4);
    expect(stdout).toMatch(/a +blocked +somebody changed it since this was planned/);
    expect(stdout).toMatch(/retries +when planned +1\n +the plan +2\n +now +1\n/);
    expect(stdout).toMatch(/owner +when planned +none\n +the plan +none\n +now +ops\n/);
    expect(stdout).not.toMatch(/s3cret|n3w/);
    expect(await names()).toContain('b');
    expect(await job('a')).toMatchObject({ retries: 1, owner: 'ops' });
  });

  test('ends with its own exit code where nothing else is to be done', async () => {
    const { dkron, edit } = await moved();
    await edit((text) => text.replace('create b', '#create b'));
    expect((await dkron('restore', '--apply', at('PLAN'), '--yes')).code).toBe(5);
  });

  test('tells programs the same', async () => {
    const { dkron } = await moved();
    const { stdout } = await dkron('restore', '--apply', at('PLAN'), '--yes', '--json');
    const { results } = JSON.parse(stdout) as { results: { name: string }[] };
    expect(results.find(({ name }) => name === 'a')).toMatchObject({
      outcome: 'changed',
      moved: expect.arrayContaining([
        { path: 'retries', base: '1', plan: '2', now: '1' },
        { path: 'metadata.token', base: '••••', plan: '••••', now: '•••• (changed)' },
      ]),
    });
  });

  test('is planned anew alone', async () => {
    const { dkron, job, names } = await moved();
    await dkron('restore', '--apply', at('PLAN'), '--yes');
    const again = await dkron('restore', '--apply', at('PLAN'), '--plan-out', at('PLAN2'));
    expect(again.code).toBe(3);
    const text = await readFile(at('PLAN2'), 'utf8');
    expect(text.split('\n').filter((line) => /^[a-z-]+ \S+ +#/.test(line))).toEqual([
      expect.stringMatching(/^overwrite a {2}# .*owner/),
    ]);
    expect((await dkron('restore', '--apply', at('PLAN2'), '--yes')).code).toBe(0);
    expect(await job('a')).toMatchObject({ retries: 2, owner: '' });
    expect(await names()).toContain('b');
    const none = await dkron('restore', '--apply', at('PLAN2'), '--plan-out', at('PLAN3'));
    expect([none.code, none.stdout]).toEqual([0, expect.stringContaining('nobody changed')]);
  });
});
