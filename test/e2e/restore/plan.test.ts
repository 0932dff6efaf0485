import { expect, it } from 'vitest';
import { openConsole } from '../driver/console.ts';
import { onEachServer } from '../driver/server.ts';

onEachServer((server) => {
  const zones = { name: 'zones', disabled: true, metadata: { token: 'sesame-1' } };
  const other = { name: 'other', disabled: true, owner: 'mobility' };
  const family = [
    { name: 'root', disabled: true },
    { name: 'child', schedule: '', parent_job: 'root' },
    { name: 'grand', schedule: '', parent_job: 'child' },
  ];
  const rest = ['one', 'two', 'three', 'four', 'five'].map((name) => ({ name, disabled: true }));
  const owner = async (): Promise<string> => (await server.job('other')).owner;

  it('restores a family and nothing else, and tells what somebody else changed meanwhile', async () => {
    await server.put(...family, ...rest, zones, other);
    const on = await openConsole(server, { cols: 80, rows: 24 });
    await on.takeSnapshot('10 jobs');
    await server.delete('grand', 'child', 'root');
    await server.put({ ...zones, metadata: { token: 'sesame-2' } }, { ...other, owner: 'nobody' });

    await on.snapshots.open();
    await on.sees('1 of this cluster');
    await on.press('R');
    await on.plan.expect({ title: 'Restore', changed: 2 });
    await on.sees(/root +new/, /└ child +new/, / {2}└ grand +new/, '5 unchanged');

    // What is no business of who looks over one's shoulder.
    await on.plan.goTo('zones');
    await on.sees('•••• (changed)');
    await on.seesNot('sesame');
    await on.press('x');
    await on.sees('sesame-1', 'sesame-2');
    await on.press('x', 'd');
    await on.sees('metadata.token');
    await on.seesNot('sesame');
    await on.press('esc');

    // As it is now, and not as it would become.
    await on.press('/', ...'owner:nobody', 'enter');
    await on.plan.isOn('other');
    await on.loses('└ child');
    await on.press('esc', 'space');
    await on.plan.goTo('child');
    await on.press('f');
    await on.told('also marked: root');
    await on.sees('4 marked: 1 changed, 3 new');

    await server.put({ ...other, owner: 'somebody' });
    await on.press('enter');
    await on.confirm('Write 4 jobs to');
    await on.plan.goTo('other');
    await on.sees(/other +✗ failed/, 'was changed on');
    expect((await server.job('grand')).parent_job).toBe('child');
    expect(await owner()).toBe('somebody');

    // A new plan is about what is there now, and remembers what was marked.
    await on.press('esc', 'R');
    await on.plan.expect({ title: 'Restore', changed: 2 });
    await on.plan.mark('other');
    await on.press('esc', 'R');
    await on.told('marked again');
    await on.sees('1 marked: 1 changed');
    await on.plan.apply(1);
    expect(await owner()).toBe('mobility');
    expect((await server.job('zones')).metadata).toEqual({ token: 'sesame-2' });
    await on.quit(3);
  });
});
