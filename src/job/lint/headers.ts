/** What the http plugin would make of stored headers other than what is meant. */

import { headerLines, readHeader } from '../headers.ts';
import { error, type Finding, type HeaderRule, warning } from './finding.ts';

/** The texts hold no values of headers. */
export function headerFindings(path: string, stored: string): Finding[] {
  const lines = headerLines(stored);
  if (lines === null)
    return [
      warning('headers-list', path, 'is not a JSON list of "Name: value": Dkron sends no headers'),
    ];
  const names = lines.map((line) => readHeader(line).name.toLowerCase());
  return lines.flatMap((line, index): Finding[] => {
    if (line === '') return [];
    if (!line.includes(':')) return [error('header-colon', path, noColon(index))];
    const flaw = flawOf(line);
    if (flaw !== undefined) return [warning(flaw[0], path, flaw[1])];
    const again = names.lastIndexOf(names[index]!) > index;
    const text = `${readHeader(line).name} is there twice: Dkron sends only the last`;
    return again ? [warning('header-twice', path, text)] : [];
  });
}

const noColon = (index: number): string =>
  `header ${index + 1} has no colon: it would end Dkron's http plugin, and every http job would fail`;

function flawOf(line: string): readonly [HeaderRule, string] | undefined {
  const [name, ...parts] = line.split(':');
  if (name === '') return ['header-name', 'a header has no name: every call fails'];
  if (!/^[\w!#$%&'*+.^`|~-]+$/.test(name!))
    return ['header-name', `${name} is not a valid name for a header: every call fails`];
  if (/[\u0000-\u0008\u000a-\u001f\u007f]/.test(line.trimEnd()))
    return [
      'header-control',
      `the value of ${name} holds a line break or control character: every call fails`,
    ];
  if (parts.length > 1)
    return [
      'header-cut',
      `the value of ${name} holds a colon: Dkron sends only the part before it`,
    ];
  return /^(host|content-length|transfer-encoding|trailer)$/i.test(name!)
    ? ['header-own', `Dkron does not send ${name}: its http client writes its own`]
    : undefined;
}
