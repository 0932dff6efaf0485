/** Changes of the file of contexts as its owner wrote it: comments and order stay. */
import {
  Document,
  isMap,
  isNode,
  isScalar,
  type Node,
  parseDocument,
  stringify,
  visit,
  YAMLMap,
} from 'yaml';
import { UsageError } from '../base/errors.ts';

/** What a context is made of, by the keys of the file. */
export type Settings = Readonly<Record<string, unknown>>;

/** Editors that know YAML complete and check by the schema that lies beside the file. */
const head = '# yaml-language-server: $schema=config.schema.json\n\n';

/** The text with one more context behind the others. `text` is null for no file yet. */
export function withContext(text: string | null, name: string, settings: Settings): string {
  const document = documentOf(text ?? '');
  if (!isMap(document.get('contexts'))) document.set('contexts', new YAMLMap());
  document.setIn(['contexts', name], document.createNode(settings));
  const forward = document.getIn(['contexts', name, 'port-forward']);
  if (isMap(forward)) forward.flow = true;
  return (text === null ? head : '') + print(document, text);
}

/** The text where that context is the current one; nothing else in it changes. */
export function withCurrent(text: string, name: string): string {
  const document = documentOf(text);
  const current = document.get('current', true);
  if (isScalar(current) && current.range && current.range[1] > current.range[0])
    return splice(text, current.range[0], current.range[1], stringify(name).trimEnd());
  const { contents } = document;
  const first = isMap(contents) && !contents.flow ? contents.items[0]?.key : undefined;
  if (isScalar(first) && first.range && !document.has('current'))
    return splice(text, first.range[0], first.range[0], stringify({ current: name }));
  document.set('current', name);
  return print(document, text);
}

const splice = (text: string, from: number, to: number, by: string): string =>
  text.slice(0, from) + by + text.slice(to);

/** The text without a context, and what was taken out. Throws UsageError where others refer to it. */
export function withoutContext(text: string, name: string): { text: string; removed: string } {
  const document = documentOf(text);
  const removed = new Document({ [name]: document.toJS().contexts[name] });
  const node = document.getIn(['contexts', name], true);
  // As it was written, unless that means something beside other contexts only.
  if (isNode(node) && !hasAlias(node)) removed.setIn([name], node);
  document.deleteIn(['contexts', name]);
  if (document.get('current') === name) document.delete('current');
  if (hasLostAlias(document))
    throw new UsageError(`other contexts refer to ${name} (with *)`, {
      data: 'Nothing was changed.',
      next: 'Edit the file.',
    });
  return { text: print(document, text), removed: print(removed, null) };
}

function hasAlias(node: Node): boolean {
  let found = false;
  visit(node, {
    Alias() {
      found = true;
      return visit.BREAK;
    },
  });
  return found;
}

function hasLostAlias(document: Document): boolean {
  let lost = false;
  visit(document, {
    Alias(_key, alias) {
      lost ||= alias.resolve(document) === undefined;
    },
  });
  return lost;
}

function documentOf(text: string): Document {
  const document: Document = parseDocument(text, { prettyErrors: false, logLevel: 'error' });
  document.contents ??= new YAMLMap();
  return document;
}

const print = (document: Document, text: string | null): string =>
  document.toString({ lineWidth: 0, indent: indentOf(text ?? '') });

/** As many spaces as the file has in front of its first context; 2 unless it says. */
const indentOf = (text: string): number =>
  /^contexts:[^\n]*\n(?:[^\S\n]*(?:#[^\n]*)?\n)*( {1,8})[^\s#]/m.exec(text)?.[1]?.length ?? 2;
