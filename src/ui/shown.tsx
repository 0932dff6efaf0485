/** The session that the console shows now; another one takes its place in the same terminal. */
import { type ComponentProps, useSyncExternalStore } from 'react';
import type { Host } from '../console/host.ts';
import { App } from './app.tsx';

type Props = Omit<ComponentProps<typeof App>, 'session'> & {
  readonly host: Pick<Host, 'session' | 'subscribe' | 'attach'>;
};

export function Shown({ host, ...screen }: Props) {
  const { store } = useSyncExternalStore(host.subscribe, host.session);
  return <App {...screen} session={{ store, attach: host.attach }} />;
}
