import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { diffJobs } from '../../src/job/compare.ts';
import { maskChange, maskJob, maskJobs } from '../../src/job/mask.ts';
import { hostileText } from '../console/hostile.ts';
import { aJob } from '../support/jobs.ts';

const maskOf = (path: string, text: string): string =>
  maskChange({ keys: path.split('.'), path, before: '', after: text }).after;

const command = 'executor_config.command';
const body = 'executor_config.body';
const jwt = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln';

describe('a value', () => {
  it.each([
    // By the name of what holds it.
    ['executor_config.saslPassword', 'hunter2', '••••'],
    ['metadata.api_key', 'abc', '••••'],
    ['field_of_tomorrow', 'token=abc', 'token=••••'],
    ['metadata.team', 'abc', 'abc'],
    ['metadata.pin', '', ''],
    ['schedule', '@every 1m', '@every 1m'],
    ['displayname', 'password: of the week', 'password: of the week'],
    // Headers.
    [
      'executor_config.headers',
      '["Content-Type: application/json", "Authorization: Bearer abc"]',
      '["Content-Type: application/json", "Authorization: Bearer ••••"]',
    ],
    [
      'executor_config.headers',
      '["Authorization: Digest username=\\"bob\\", response=\\"abc\\"","Cookie: a=b; c=d"]',
      '["Authorization: Digest ••••","Cookie: ••••"]',
    ],
    [
      'executor_config.headers',
      '["X-Api-Key: abc", "Accept: */*"]',
      '["X-Api-Key: ••••", "Accept: */*"]',
    ],
    // Addresses.
    ['executor_config.url', 'https://u:p@h:1/a?b=c', 'https://••••@h:1/a?b=c'],
    ['executor_config.url', 'https://TOKEN@h/a@b', 'https://••••@h/a@b'],
    ['executor_config.url', 'amqp://u:p/q@h:1/', 'amqp://••••@h:1/'],
    ['executor_config.url', 'https://h:8443/@scope/p?x=y@z', 'https://h:8443/@scope/p?x=y@z'],
    [
      'executor_config.url',
      'https://h/?access_token=abc&x=1#f',
      'https://h/?access_token=••••&x=1#f',
    ],
    ['executor_config.url', 'https://h/?x=1&key=abc', 'https://h/?x=1&key=••••'],
    [
      'executor_config.url',
      'https://hooks.slack.com/services/T0/B0/abc',
      'https://hooks.slack.com/services/••••',
    ],
    // Environment and commands.
    [
      'executor_config.env',
      'A=1,DB_PASSWORD=a b,C=http://u:p@h',
      'A=1,DB_PASSWORD=••••,C=http://••••@h',
    ],
    [command, 'PGPASSWORD=abc psql -U me', 'PGPASSWORD=•••• psql -U me'],
    [command, "export TOKEN='a b'; run", "export TOKEN='••••'; run"],
    [command, 'x --password abc --token=def', 'x --password •••• --token=••••'],
    [command, 'docker login --password-stdin x', 'docker login --password-stdin x'],
    [command, 'curl -u me:abc h', 'curl -u me:•••• h'],
    [command, 'docker run -u 1000:1000 h', 'docker run -u 1000:1000 h'],
    [command, 'mysqldump -uroot -pabc db', 'mysqldump -uroot -p•••• db'],
    [command, 'sshpass -p abc ssh h', 'sshpass -p •••• ssh h'],
    [command, `curl -H 'Authorization: Bearer abc' h`, `curl -H 'Authorization: Bearer ••••' h`],
    [command, 'curl -H "X-Api-Key: a\\"b" h', 'curl -H "X-Api-Key: ••••" h'],
    [command, 'curl -H "Authorization: Bearer $TOKEN"', 'curl -H "Authorization: Bearer $TOKEN"'],
    [command, `TOKEN=$(cat /run/t) PASSWORD=\${PW}`, `TOKEN=$(cat /run/t) PASSWORD=\${PW}`],
    [command, `PASSWORD=\${PW:-abc}`, 'PASSWORD=••••'],
    [command, `curl -d '{"password":"abc"}' h`, `curl -d '{"password":"••••"}' h`],
    [command, 'curl -d "{\\"token\\":\\"abc\\"}" h', 'curl -d "{\\"token\\":\\"••••\\"}" h'],
    [command, `echo ${jwt}`, 'echo ••••'],
    [command, 'echo ghp_abcdefghijklmnopqrstuvwxyz012345', 'echo ••••'],
    [command, 'echo password; date', 'echo password; date'],
    // Bodies.
    [body, '{"user":"me","password":"abc"}', '{"user":"me","password":"••••"}'],
    [body, '{ "pin" : 1234, "max_tokens": 5 }', '{ "pin" : "••••", "max_tokens": 5 }'],
    [
      body,
      '{"auth":{"type":"x","keys":["a",1,true]}}',
      '{"auth":{"type":"••••","keys":["••••","••••",true]}}',
    ],
    [
      body,
      '[{"name":"Authorization","value":"Bearer a"}]',
      '[{"name":"Authorization","value":"Bearer ••••"}]',
    ],
    [body, '[{"value":"a","key":"colour"}]', '[{"value":"a","key":"colour"}]'],
    [
      body,
      '{"in":"{\\"token\\":\\"a\\",\\"n\\":1}"}',
      '{"in":"{\\"token\\":\\"••••\\",\\"n\\":1}"}',
    ],
    [body, '{"url":"https://u:p@h/"}', '{"url":"https://••••@h/"}'],
    [body, 'grant_type=x&client_secret=abc&s=1', 'grant_type=x&client_secret=••••&s=1'],
    [body, '{"password": "abc", "n": {{ .N }}}', '{"password": "••••", "n": {{ .N }}}'],
    [body, 'user: me\n  password: a b\nn: 1', 'user: me\n  password: ••••\nn: 1'],
    ['executor_config.payload', btoa('token=abc'), '••••'],
    ['executor_config.payload', btoa('nothing to see here'), btoa('nothing to see here')],
    ['processors.files', '{"api_token":"abc","dir":"/x"}', '{"api_token":"••••","dir":"/x"}'],
    [
      body,
      'a\n-----BEGIN RSA PRIVATE KEY-----\nabc\ndef\n-----END RSA PRIVATE KEY-----\nb',
      'a\n-----BEGIN RSA PRIVATE KEY-----••••-----END RSA PRIVATE KEY-----\nb',
    ],
  ])('%s %s', (path, text, masked) => {
    expect(maskOf(path, text)).toBe(masked);
  });
});

describe('a change', () => {
  it.each([
    ['token=a', 'token=b', 'token=••••', 'token=•••• (changed)'],
    ['token=a x', 'token=a y', 'token=•••• x', 'token=•••• y'],
    ['', 'token=a', '', 'token=••••'],
    ['token=a', '', 'token=••••', ''],
    // They changed places, and each is known.
    [
      '[{"token":"a"},{"token":"b"}]',
      '[{"token":"b"},{"token":"a"}]',
      '[{"token":"••••"},{"token":"••••"}]',
      '[{"token":"•••• (changed)"},{"token":"•••• (changed)"}]',
    ],
  ])('from %s to %s', (before, after, old, now) => {
    const masked = maskChange({ keys: ['executor_config', 'body'], path: 'b', before, after });
    expect([masked.before, masked.after]).toEqual([old, now]);
  });

  const secret = fc.stringMatching(/^[a-zA-Z0-9]{12,20}$/);
  const hold = fc.constantFrom<(secret: string) => string>(
    (it) => `{"a":1,"db":{"password":"${it}"}}`,
    (it) => `["X-Auth-Token: ${it}"]`,
    (it) => `https://me:${it}@host/p`,
    (it) => `https://host/p?api_key=${it}&x=1`,
    (it) => `SECRET=${it} run`,
    (it) => JSON.stringify({ inner: JSON.stringify({ token: it }) }),
  );

  it('of a credential is seen, and the credential is not', () => {
    fc.assert(
      fc.property(hold, secret, secret, (text, a, b) => {
        fc.pre(a !== b);
        const keys = ['executor_config', 'body'];
        const masked = maskChange({ keys, path: 'b', before: text(a), after: text(b) });
        expect(masked.before).not.toContain(a);
        expect(masked.after).not.toContain(b);
        expect(masked.after).toContain('•••• (changed)');
      }),
    );
  });

  it('stays one, whatever the texts are', () => {
    const part = fc.oneof(
      hostileText,
      fc.constantFrom('token=', '"password": "', '://a:', '@', '\n'),
    );
    const text = fc.array(part, { maxLength: 5 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(text, text, (before, after) => {
        const masked = maskChange({ keys: ['metadata', 'x'], path: 'x', before, after });
        expect(masked.before === masked.after).toBe(before === after);
      }),
    );
  });
});

describe('a job', () => {
  it('is the same job without its credentials', () => {
    const job = aJob({
      executor_config: { command: 'TOKEN=abc run', password: 'x', timeout: '5' },
      metadata: { __proto__: 'a', team: 'data' },
    });
    const masked = maskJob(job);
    expect(masked.executor_config).toEqual({
      command: 'TOKEN=•••• run',
      password: '••••',
      timeout: '5',
    });
    expect({ ...masked, executor_config: null }).toEqual({ ...job, executor_config: null });
  });

  it('differs from another where it did', () => {
    fc.assert(
      fc.property(hostileText, hostileText, (one, two) => {
        const jobs = [one, two].map((text) =>
          aJob({ executor_config: { password: text, body: `token: ${text}` } }),
        );
        const [a, b] = maskJobs(jobs[0]!, jobs[1]!);
        expect(diffJobs(a, b).length > 0).toBe(diffJobs(jobs[0]!, jobs[1]!).length > 0);
      }),
    );
  });

  it('nested without end is masked too', () => {
    const deep = `${'['.repeat(100_000)}"token=a"${']'.repeat(100_000)}`;
    expect(maskOf(body, deep)).toContain('"token=••••"');
  });
});
