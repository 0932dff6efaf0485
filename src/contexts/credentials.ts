/** What lets us in at a server: read from its sources when it is first needed, kept in memory only. */
import { OperatorError } from '../base/errors.ts';
import type { Credentials, Source } from '../config/target.ts';
import type { Headers, Route } from '../dkron/route.ts';
import { basicOf, formsOf } from '../dkron/secrets.ts';
import { headerValue } from './rules.ts';
import { readSource, type World } from './source.ts';

export type Held = Pick<Route, 'headers' | 'secrets'>;

/** Requests that come at once share one reading: a password manager asks once, not four times. */
export function hold(credentials: Credentials, world: World): Held {
  const secrets = new Set<string>();
  const read = (source: Source, of: string): Promise<string> => readSource(source, of, world);
  const hide = (...forms: readonly string[]): void => {
    for (const form of forms) secrets.add(form);
  };

  async function headers(): Promise<Headers> {
    const { basic, bearer, headers: named } = credentials;
    const found: Record<string, string> = {};
    if (basic !== null) {
      const password = await read(basic.password, 'basic.password');
      found['authorization'] = basicOf(basic.user, password);
      hide(...formsOf(password), found['authorization'].replace('Basic ', ''));
    }
    if (bearer !== null) {
      const token = fitting(await read(bearer, 'bearer'), 'bearer');
      found['authorization'] = `Bearer ${token}`;
      hide(...formsOf(token));
    }
    for (const [name, source] of Object.entries(named)) {
      const of = `headers.${name}`;
      const value = fitting(await read(source, of), of);
      found[name.toLowerCase()] = value;
      if (!('value' in source)) hide(...formsOf(value));
    }
    return found;
  }

  let current: Headers | null = null;
  let reading: Promise<Headers> | null = null;
  return {
    headers: async (refused) => {
      if (current !== null && current !== refused) return current;
      reading ??= headers().finally(() => {
        reading = null;
      });
      current = await reading;
      return current;
    },
    secrets: () => [...secrets].sort((a, b) => b.length - a.length),
  };
}

function fitting(value: string, of: string): string {
  if (headerValue.test(value)) return value;
  throw new OperatorError(`what ${of} comes from holds characters that no header can carry`, {
    data: 'Nothing was sent.',
    next: 'It must be one line of plain characters: check that nothing else is in it.',
  });
}
