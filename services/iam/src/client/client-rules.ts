import type { InputFault } from '@plinth/contracts';
import type { ClientSettings } from './client.ts';

const loopback = new Set(['localhost', '127.0.0.1', '[::1]']);

/** Names below localhost are always the own machine too (RFC 6761, 6.3). */
function isOwnMachine(host: string): boolean {
  return loopback.has(host) || host.endsWith('.localhost');
}

/** Everything that is wrong with a client's settings, by path (RFC 8252, RFC 9700). */
export function checkClient(client: ClientSettings): InputFault[] {
  return [
    ...client.redirectUris.flatMap((uri, index) => checkRedirect(uri, `/redirectUris/${index}`, client.native)),
    ...client.postLogoutRedirectUris.flatMap((uri, index) =>
      checkRedirect(uri, `/postLogoutRedirectUris/${index}`, client.native),
    ),
    ...checkWebUri(client.backchannelLogoutUri, '/backchannelLogoutUri'),
    ...checkWebUri(client.logoUri, '/logoUri'),
    ...checkWebUri(client.homeUri, '/homeUri'),
    ...checkGrants(client),
  ];
}

function checkGrants(client: ClientSettings): InputFault[] {
  const has = (type: ClientSettings['grantTypes'][number]): boolean => client.grantTypes.includes(type);
  const faults: InputFault[] = [];
  if (has('client_credentials') && !client.confidential)
    faults.push({ path: '/grantTypes', message: 'client_credentials needs a confidential client' });
  if (has('refresh_token') && !has('authorization_code') && !has('device_code'))
    faults.push({ path: '/grantTypes', message: 'refresh_token needs authorization_code or device_code' });
  if (has('authorization_code') && client.redirectUris.length === 0)
    faults.push({ path: '/redirectUris', message: 'must name where authorization_code comes back to' });
  if (client.actsAsUser && !client.firstParty)
    faults.push({ path: '/actsAsUser', message: "is for the operator's own applications (firstParty)" });
  if (client.native && client.confidential)
    faults.push({ path: '/confidential', message: 'an application on a device cannot keep a secret' });
  return faults;
}

/** One redirect URI: https, http on the own machine, or the scheme of an application on a device. */
export function checkRedirect(text: string, path: string, native: boolean): InputFault[] {
  const fault = (message: string): InputFault[] => [{ path, message }];
  if (text.includes('*')) return fault('must be one address: patterns are not taken');
  const uri = URL.parse(text);
  if (uri === null) return fault('must be an absolute URI');
  if (uri.hash !== '' || text.includes('#')) return fault('must have no fragment');
  if (uri.username !== '' || uri.password !== '') return fault('must have no user name');
  if (hasDotSegments(text)) return fault('must have no "." or ".." in its path');
  if (uri.protocol === 'https:') return [];
  if (uri.protocol === 'http:')
    return isOwnMachine(uri.hostname)
      ? []
      : fault('must be https; http is for 127.0.0.1, [::1], localhost and names below it');
  // RFC 8252, 7.1: the scheme is a domain of the maker's, turned round.
  if (native && /^[a-z][a-z0-9+-]*(\.[a-z0-9+-]+)+:$/.test(uri.protocol)) return [];
  return fault(
    native ? 'must be https, http on the own machine, or a scheme such as com.example.app' : 'must be https',
  );
}

function checkWebUri(text: string | null, path: string): InputFault[] {
  if (text === null) return [];
  const uri = URL.parse(text);
  const isWeb = uri?.protocol === 'https:' || (uri?.protocol === 'http:' && isOwnMachine(uri.hostname));
  return isWeb && uri.username === '' ? [] : [{ path, message: 'must be an https address' }];
}

function hasDotSegments(text: string): boolean {
  return /[/\\](\.|%2e){1,2}([/\\?]|$)/i.test(text) || text.includes('\\');
}
