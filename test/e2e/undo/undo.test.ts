import { beforeAll, expect, it } from 'vitest';
import { openConsole } from '../driver/console.ts';
import { onEachServer } from '../driver/server.ts';
import { family } from './family.ts';

onEachServer((server) => {
  beforeAll(() => server.put(...family));

  const disabled = async () =>
    (await server.jobs()).filter((each) => each.disabled).map(({ name }) => name);
  const children = async () => (await server.job('positions')).dependent_jobs?.toSorted();

  it('takes back what was changed, to the exact definition of before', async () => {
    const before = await server.definitions();
    const on = await openConsole(server);
    await on.jobs.shows('zones');

    // Marked jobs, disabled by one plan and enabled by one undo; the parent keeps its children.
    await on.jobs.mark('positions', 'zones');
    await on.jobs.toggle();
    await on.plan.expect({ title: 'Disable 2 jobs', changed: 2 });
    await on.plan.apply(2);
    expect(await disabled()).toEqual(['positions', 'zones']);
    expect(await children()).toEqual(['alert', 'publish']);
    await on.undo('the disabling of 2 jobs');
    await on.plan.apply(2);
    expect(await server.definitions()).toEqual(before);
    expect(await children()).toEqual(['alert', 'publish']);

    // Two changes of one job; the journal leads back to before the first.
    await on.back(3);
    await on.jobs.goTo('zones');
    await on.schedule.change('@every 12h');
    await on.schedule.change('@every 6h');
    await on.journal.open();
    await on.press('j');
    // That one alone would lose what came after it.
    await on.journal.choose();
    await on.told('changed again since, so not marked: zones');
    await on.back(1);
    await on.press('U');
    await on.plan.expect({
      title: 'Undo  2 operations on 1 job, back to before the edit of zones',
    });
    await on.plan.changes('schedule', '@every 6h', '0 */15 6-22');
    await on.plan.apply(1);
    expect(await server.definitions()).toEqual(before);

    // A deletion, once the name was typed.
    await on.back(2);
    await on.jobs.remove('publish');
    await on.answerByTyping('publish');
    expect(await server.definitions()).toEqual(before);
    await on.press('enter');
    await on.told('publish: deleted and verified');
    await expect(server.job('publish')).rejects.toThrow('404');
    expect(await children()).toEqual(['alert']);
    await on.undo('the deletion of publish');
    await on.plan.apply(1);
    expect(await server.definitions()).toEqual(before);
    expect(await children()).toEqual(['alert', 'publish']);
  });
});
