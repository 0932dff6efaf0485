import { describe, expect, it } from 'vitest';
import { isSecretName } from '../../../src/job/secrets/name.ts';

describe('by its name', () => {
  it.each([
    'password',
    'Password2',
    'PGPASSWORD',
    'saslPassword',
    'DB_PASSWORD_PROD',
    'passwd',
    'pwd',
    'smtp.pass',
    'secret',
    'client_secret',
    'token',
    'accessToken',
    'tokens',
    'apiKey',
    'api-key',
    'API_KEY',
    'apikey',
    'X-Api-Key',
    'X-Functions-Key',
    'Ocp-Apim-Subscription-Key',
    'Authorization',
    'proxy-authorization',
    'Cookie',
    'Set-Cookie',
    'X-Amz-Signature',
    'private_key',
    'credentials',
    'auth',
    'jwt',
    'sig',
    'secret_id',
  ])('%s is a credential', (name) => {
    expect(isSecretName(name)).toBe(true);
  });

  it.each([
    '',
    'key',
    'primary_key',
    'sort-key',
    'public_key',
    'author',
    'passenger',
    'compass',
    'max_tokens',
    'token_url',
    'tokenType',
    'tokenizer',
    'secretary',
    'secretName',
    'password_file',
    'password-stdin',
    'tlsCertificateKeyFile',
    'cookie_path',
    'design',
    'pinned',
    'host',
    'user',
  ])('%s is none', (name) => {
    expect(isSecretName(name)).toBe(false);
  });
});
