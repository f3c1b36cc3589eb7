/**
 * Name of a cookie of the gateway. Where there is TLS its prefix makes browsers refuse one that another host, or a page
 * without TLS, has set (RFC 6265bis, `__Host-`).
 */
export function edgeCookieName(name: string, origin: string): string {
  return `${origin.startsWith('https:') ? '__Host-' : ''}plinth.${name}`;
}

/** A Set-Cookie header that scripts cannot read, for this host alone; without a value it removes the cookie. */
export function renderEdgeCookie(name: string, value: string | undefined, maxAgeSeconds?: number): string {
  const age = value === undefined ? 0 : maxAgeSeconds;
  return [
    `${name}=${value ?? ''}`,
    ...(age === undefined ? [] : [`Max-Age=${age}`]),
    'Path=/',
    'HttpOnly',
    ...(name.startsWith('__Host-') ? ['Secure'] : []),
    'SameSite=Lax',
  ].join('; ');
}

/** Cookies of a request in the order of the header; names may come twice. */
export function listCookies(header: string | undefined): readonly (readonly [name: string, value: string])[] {
  if (header === undefined) return [];
  return header.split(/;\s*/).flatMap((pair) => {
    const at = pair.indexOf('=');
    return at < 1 ? [] : [[pair.slice(0, at).trim(), pair.slice(at + 1).trim()] as const];
  });
}
