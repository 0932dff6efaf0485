import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { explain, UsageError } from '../../src/base/errors.ts';
import { readAddress } from '../../src/dkron/address.ts';
import { conceal } from '../../src/dkron/secrets.ts';

describe('an address', () => {
  it.each([
    ['localhost:8080', 'http://localhost:8080'],
    ['  http://localhost:8080/ ', 'http://localhost:8080'],
    ['HTTP://Localhost:8080', 'http://localhost:8080'],
    ['//localhost:8080', 'http://localhost:8080'],
    ['dkron.example', 'http://dkron.example'],
    ['dkron_1.ns.svc:8080', 'http://dkron_1.ns.svc:8080'],
    ['127.0.0.1:80', 'http://127.0.0.1'],
    ['[::1]:8080', 'http://[::1]:8080'],
    ['https://[FE80::1]/d', 'https://[fe80::1]/d'],
    ['http://dkrön.example', 'http://xn--dkrn-7qa.example'],
    ['9802', 'http://localhost:9802'],
    [':9802', 'http://localhost:9802'],
    ['9802/dkron', 'http://localhost:9802/dkron'],
    ['http://9802', 'http://localhost:9802'],
    ['https://:8443/', 'https://localhost:8443'],
    ['https://host/tools/dkron/', 'https://host/tools/dkron'],
    ['https://host//dkron//', 'https://host//dkron'],
    ['http://h:65535', 'http://h:65535'],
    ['http://h:1/dkron', 'http://h:1/dkron'],
    ['http://h:1/dkron/v1', 'http://h:1/dkron'],
    ['http://h:1/dkron/v1/', 'http://h:1/dkron'],
    ['http://h:1/dkron/ui/', 'http://h:1/dkron'],
    ['http://h:1/v1', 'http://h:1'],
    ['http://h:1/v1/jobs', 'http://h:1'],
    ['http://h:1/v1/jobs/', 'http://h:1'],
    ['http://h:1/v1/jobs?pretty', 'http://h:1'],
    ['http://h:1/v1/jobs/v1/executions/1-n1', 'http://h:1'],
    ['http://h:1/ui/v1/members', 'http://h:1/ui'],
    ['http://h:1/v1/dkron/v1/leader', 'http://h:1/v1/dkron'],
    ['http://h:1/ui/#/jobs/NAME/show', 'http://h:1'],
    ['http://h:1/dkron/ui/index.html#/busy', 'http://h:1/dkron'],
    ['http://h:1/#/jobs', 'http://h:1'],
    ['http://h:1/dashboard', 'http://h:1'],
    ['http://h:1/UI/', 'http://h:1'],
    ['http://h:1/dashboard/jobs', 'http://h:1'],
    ['http://h:1/health', 'http://h:1'],
    ['http://h:1/dkron/metrics', 'http://h:1/dkron'],
  ])('is read from %s', (text, url) => {
    const address = readAddress(text);
    expect(address.url).toBe(url);
    expect(address.origin + address.base).toBe(url);
    expect([address.authorization, address.secrets]).toEqual([null, []]);
  });

  it.each([
    ['ops:p%40ss', 'ops:p@ss'],
    ['ops:p@ss', 'ops:p@ss'],
    ['ops:p%ss', 'ops:p%ss'],
    ['ops:100%', 'ops:100%'],
    ['ops:100%25', 'ops:100%'],
    ['o%p:50%25%', 'o%p:50%%'],
    ['ops:pa%2Fss', 'ops:pa/ss'],
    ['ops:pa\\ss', 'ops:pa\\ss'],
    ['ops:a:b', 'ops:a:b'],
    ['ops:sécret', 'ops:sécret'],
    ['ops', 'ops:'],
    [':pw', ':pw'],
  ])('gives %s as the user and password %s, to the server only', (userinfo, pair) => {
    const { url, origin, authorization } = readAddress(`https://${userinfo}@host:8443/d`);
    expect([url, origin]).toEqual(['https://host:8443/d', 'https://host:8443']);
    expect(authorization).toBe(`Basic ${Buffer.from(pair).toString('base64')}`);
  });

  it.each([
    ['', 'is empty'],
    ['http://', 'has no host'],
    ['http:///path', 'needs two slashes after http:'],
    ['http:/localhost:8080', 'needs two slashes after http:'],
    ['http:localhost', 'needs two slashes after http:'],
    ['ftp://host', 'does not begin with http:// or https://'],
    ['unix:///run/dkron.sock', 'does not begin with http:// or https://'],
    ['http://host:65536', 'has a port that is not between 1 and 65535'],
    ['http://host:99999', 'has a port that is not between 1 and 65535'],
    ['0', 'has a port that is not between 1 and 65535'],
    ['99999', 'has a port that is not between 1 and 65535'],
    ['http://ops:secret', 'has no number for its port'],
    ['host:80a', 'has no number for its port'],
    ['not a host', 'has a space in its host'],
    ['http://a\tb', 'has a space in its host'],
    ['::1', 'has an IPv6 address without brackets: write it like [::1]:8080'],
    ['http://[::1', 'has a host that cannot be read'],
    ['http://[fe80::1%25eth0]:80', 'has a host that cannot be read'],
    ['http://"host"', 'has a host that cannot be read'],
    ['http://[::1]x', 'has a host that cannot be read'],
    ['http://ho\\st', 'has a \\ in its host'],
    ['10.1', 'has a host that is a number, but not a complete IP address'],
    ['http://0x7f.1:80', 'has a host that is a number, but not a complete IP address'],
    ['010.0.0.1', 'has a host that is a number, but not a complete IP address'],
    ['9802:8080', 'has a host that is a number, but not a complete IP address'],
    ['http://ops:pa/ss@host', 'has an @ after a /, a ? or a #'],
    ['ops:pa?ss@host', 'has an @ after a /, a ? or a #'],
    ['http://ops:p@#ss@host', 'has an @ after a /, a ? or a #'],
  ])('is refused: %j %s', (text, problem) => {
    const error = refusal(text);
    expect(error.message).toBe(`the address of the server ${problem}`);
    expect(error.data).toBe('nothing was sent');
  });

  it('says how a slash in a password is written, and where it is not seen', () => {
    expect(refusal('http://ops:pa/ss@host').next).toBe(
      'In a user or a password write / as %2F, ? as %3F, # as %23 and @ as %40; in a path write @ as %40.',
    );
  });

  it('never comes back in what is said of it', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('http://', '', 'ftp://', 'http:/', '//'),
        fc.string({
          unit: fc.constantFrom('/', '?', '#', '@', ':', '%', ' ', '\\', '[', '"', 'é'),
        }),
        fc.constantFrom('@host', '', '@', '@host:99999', '@ho st'),
        (scheme, odd, end) => {
          const text = `${scheme}zaphod${odd}:beeblebrox${odd}${end}`;
          const { read, said } = told(text);
          if (!read || text.includes('@')) expect(said).not.toMatch(/zaphod|beeblebrox/);
        },
      ),
    );
  });
});

describe('the secrets of an address', () => {
  const { secrets } = readAddress('http://ops%2B1:p%25s s"é@host');
  it.each([
    'p%25s s"é',
    'p%s s"é',
    'p%25s%20s%22%C3%A9',
    'p%25s+s%22%C3%A9',
    'P%25S%20S%22%c3%a9',
    'p%s s\\"é',
    'ops+1',
    'ops%2B1',
    Buffer.from('ops+1:p%s s"é').toString('base64'),
  ])('are taken out of what is said: %s', (form) => {
    expect(conceal(`no such user (${form}).`, secrets)).toBe('no such user (***).');
  });

  it('are parts of other words only when they are long', () => {
    expect(conceal('xsecretx', ['secret'])).toBe('x***x');
    expect(conceal('xpasswx passw', ['passw'])).toBe('xpasswx ***');
  });

  it('leave other words whole, when they are short', () => {
    const short = readAddress('http://ops:top@host').secrets;
    expect(conceal('stops ops: the top is on top of a laptop', short)).toBe(
      'stops ***: the *** is on *** of a laptop',
    );
  });
});

function refusal(text: string): UsageError {
  try {
    readAddress(text);
  } catch (error) {
    expect(error).toBeInstanceOf(UsageError);
    return error as UsageError;
  }
  throw new Error(`${text} was read`);
}

/** What an operator can read of an address: the address as it is shown, or the refusal. */
function told(text: string) {
  try {
    return { read: true, said: readAddress(text).url };
  } catch (error) {
    return { read: false, said: explain(error).join(' ') };
  }
}
