import { expect, it } from 'vitest';
import type { Cluster } from '../../../src/cluster/identify.ts';
import { type Home, keyToHome } from '../../../src/console/effects/home.ts';

it('is refused before its cluster is known, waited for while it is opened, and not asked while another answers', async () => {
  let cluster: Cluster | null = null;
  let isSure = false;
  const home = {} as Home;
  const { opened, answering, open } = keyToHome(() => ({
    shown: () => cluster,
    isSure: () => isSure,
  }));
  await expect(opened()).rejects.toThrow('it is not known yet which cluster answers');
  cluster = {} as Cluster;
  isSure = true;
  const [waiting, asking] = [opened(), answering()];
  isSure = false;
  open(home);
  expect(await waiting).toBe(home);
  await expect(asking).rejects.toThrow('another cluster answers');
  isSure = true;
  expect(await answering()).toBe(home);
});
