import { holdsJson, isJson } from '../../json/check.ts';
import { jsonTokens } from '../../json/tokens.ts';
import { type ShellWord, shellWords } from './shell-words.ts';

/** A pasted text that is a body in some wrapping, and the body without it. */
export interface Offer {
  /** What was recognised, as in "Take it out of the curl command?". */
  readonly what: 'JSON string' | 'curl command' | 'shell quotes';
  readonly text: string;
}

/**
 * What to offer for a text just pasted: JSON out of a string that holds it (with or without its
 * quotes), out of a shell's quotes, or the data of a curl command. Null for a text that needs none.
 */
export function unescapeOffer(pasted: string): Offer | null {
  const text = pasted.trim();
  const inner = innerOf(text) ?? (isJson(text) ? undefined : innerOf(`"${text}"`));
  if (inner !== undefined) return { what: 'JSON string', text: inner };
  const words = shellWords(text);
  if (words === null) return null;
  const data = curlData(words);
  if (data !== undefined) return { what: 'curl command', text: data };
  const [word, ...more] = words;
  return word?.quoted && more.length === 0 && holdsJson(word.text)
    ? { what: 'shell quotes', text: word.text }
    : null;
}

/** The JSON in a JSON string, also where a member's name and a comma were copied along with it. */
function innerOf(text: string): string | undefined {
  // As a member of an object the string may be lines long; JSON has its line breaks escaped.
  const tokens = jsonTokens(text.replace(/[\n\r\t]/g, escapeOne));
  if (tokens.at(-1)?.text === ',') tokens.pop();
  if (tokens.length === 3 && tokens[1]!.text === ':') tokens.splice(0, 2);
  const [token, ...more] = tokens;
  if (token?.kind !== 'string' || more.length > 0) return undefined;
  const inner = JSON.parse(token.text) as string;
  return holdsJson(inner) ? inner : undefined;
}

const escapeOne = (char: string): string => JSON.stringify(char).slice(1, -1);

/** `--json` and the kinds of `--data`; the short option may follow others: `-sSd`. */
const dataOption = /^(?:--(?:data(?:-raw|-binary|-ascii)?|json)(?:=(.*))?|-[sSkfviLgN]*d(.*))$/s;

/** What a curl command, or the option with its data alone, would send. */
function curlData(words: readonly ShellWord[]): string | undefined {
  const [first, last] = [words[0], words.at(-1)];
  const optionAlone = words.length <= 2 && last?.quoted && dataOption.test(first!.text);
  if (first?.text !== 'curl' && !optionAlone) return undefined;
  const sent: string[] = [];
  let joint = '&';
  for (let at = 0; at < words.length; at++) {
    const [option, long, short] = dataOption.exec(words[at]!.text) ?? [];
    if (option === undefined) continue;
    const data = long ?? (short || words[++at]?.text);
    // The data is in a file, which is not ours to read.
    if (data === undefined || (data.startsWith('@') && !option.startsWith('--data-raw'))) continue;
    sent.push(data);
    if (option.startsWith('--json')) joint = '';
  }
  return sent.length === 0 ? undefined : sent.join(joint);
}
