import { expect, it } from 'vitest';
import { checkClient, checkRedirect } from './client-rules.ts';
import { defaultClientSettings, type ClientSettings } from './client.ts';

const client = (changes: Partial<ClientSettings> = {}): ClientSettings => ({
  ...defaultClientSettings,
  name: 'Grafana',
  redirectUris: ['https://grafana.example.test/login/generic_oauth'],
  ...changes,
});

it('takes https, the own machine, and the scheme of an application on a device', () => {
  expect(checkClient(client())).toEqual([]);
  for (const uri of ['http://localhost:3000/callback', 'http://127.0.0.1/callback', 'http://[::1]:8080/'])
    expect(checkRedirect(uri, '/uri', false)).toEqual([]);
  expect(checkRedirect('com.example.app:/callback', '/uri', true)).toEqual([]);
});

it.each([
  'https://*.example.test/callback',
  'https://app.example.test/*',
  '*',
  '/callback',
  'http://app.example.test/callback',
  'http://localhost.example.test/callback',
  'https://user@app.example.test/callback',
  'https://app.example.test/callback#part',
  'https://app.example.test/a/../callback',
  'https://app.example.test/a/%2e%2e/callback',
  'https://app.example.test\\@evil.test/',
  'javascript:alert(1)',
  'data:text/html,x',
  'com.example.app:/callback',
])('refuses %s as a redirect URI of a web application', (uri) => {
  expect(checkRedirect(uri, '/redirectUris/0', false)).toMatchObject([{ path: '/redirectUris/0' }]);
});

it.each(['javascript:alert(1)', 'app:/callback', 'myapp://callback', 'file:///etc/passwd'])(
  'refuses %s as the scheme of an application',
  (uri) => expect(checkRedirect(uri, '/uri', true)).toHaveLength(1),
);

it('names every mistake at once, by its path', () => {
  const faults = checkClient(
    client({
      confidential: false,
      actsAsUser: true,
      grantTypes: ['client_credentials', 'refresh_token'],
      redirectUris: ['*', 'https://ok.example.test/'],
      postLogoutRedirectUris: ['http://evil.test/'],
      backchannelLogoutUri: 'ftp://grafana.test',
      logoUri: 'javascript:alert(1)',
    }),
  );
  expect(faults.map((fault) => fault.path)).toEqual([
    '/redirectUris/0',
    '/postLogoutRedirectUris/0',
    '/backchannelLogoutUri',
    '/logoUri',
    '/grantTypes',
    '/grantTypes',
    '/actsAsUser',
  ]);
});
