/** The values of a JSON text, each with what tells whether it is a credential. */
import { isClose, isOpen, type JsonToken } from '../../json/tokens.ts';
import { isSecretName } from './name.ts';

export interface Leaf {
  /** A string or a number. */
  readonly token: JsonToken;
  /** The name at the top that leads to it, and the last one, as far as there are any. */
  readonly field: string | undefined;
  readonly key: string | undefined;
  /** Under a name that tells a credential, or beside one: `{"name": "Authorization", "value": "…"}`. */
  readonly secret: boolean;
}

interface Container {
  readonly isObject: boolean;
  readonly secret: boolean;
  key: string | undefined;
  /** Of an object with a name and a value in it: where the value is, and whether the name is secret. */
  valueAt: number | undefined;
  isNamedSecret: boolean;
}

/** In their order. The text may be nested as deep as it likes; `names` lead to it. */
export function leavesOf(
  tokens: readonly JsonToken[],
  [field, key]: readonly [field?: string, key?: string],
): Leaf[] {
  const leaves: Leaf[] = [];
  const open: Container[] = [];
  for (const [at, token] of tokens.entries()) {
    const inside = open.at(-1);
    const name = inside ? inside.key : key;
    const secret = inside?.secret || (name !== undefined && isSecretName(name));
    if (isOpen(token)) open.push(container(token.text === '{', secret, name));
    else if (isClose(token)) close(leaves, open.pop());
    else if (inside?.isObject && tokens[at + 1]?.text === ':')
      inside.key = JSON.parse(token.text) as string;
    else if (token.kind === 'string' || token.kind === 'number') {
      if (inside?.isObject) pair(inside, token, leaves.length);
      const top = field ?? open.find(({ isObject }) => isObject)?.key;
      leaves.push({ token, field: top, key: name, secret });
    }
  }
  return leaves;
}

const container = (isObject: boolean, secret: boolean, key: string | undefined): Container => ({
  isObject,
  secret,
  key,
  valueAt: undefined,
  isNamedSecret: false,
});

function pair(inside: Container, { kind, text }: JsonToken, at: number): void {
  if (/^value$/i.test(inside.key ?? '')) inside.valueAt = at;
  if (/^(?:name|key)$/i.test(inside.key ?? '') && kind === 'string')
    inside.isNamedSecret = isSecretName(JSON.parse(text) as string);
}

function close(leaves: Leaf[], closed: Container | undefined): void {
  if (closed?.isNamedSecret && closed.valueAt !== undefined)
    leaves[closed.valueAt] = { ...leaves[closed.valueAt]!, secret: true };
}
