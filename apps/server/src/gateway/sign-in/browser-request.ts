import type { IncomingHttpHeaders } from 'node:http';

/** A request as far as the sign-in of browsers looks at it. `protocol` and `host` come from whoever is trusted. */
export interface BrowserRequest {
  readonly method: string;
  readonly headers: IncomingHttpHeaders;
  readonly protocol: string;
  readonly host: string;
}

const longestReturnPath = 2048;

/** The origin that the browser shows in its address bar. */
export function originOf({ protocol, host }: Pick<BrowserRequest, 'protocol' | 'host'>): string {
  return `${protocol}://${host}`;
}

/**
 * Whether a person's browser opens a page: it says so (Fetch Metadata), or would rather have HTML than anything else.
 * Whoever sends a credential is a program, which is told what is wrong with it.
 */
export function isNavigation({ method, headers }: Pick<BrowserRequest, 'method' | 'headers'>): boolean {
  if (method !== 'GET' && method !== 'HEAD') return false;
  if (headers.authorization !== undefined || headers['x-api-key'] !== undefined) return false;
  const mode = headers['sec-fetch-mode'];
  if (mode !== undefined) return mode === 'navigate';
  const accept = headers.accept ?? '';
  const html = accept.indexOf('text/html');
  const json = accept.search(/application\/(?:[\w.-]+\+)?json/);
  return html !== -1 && (json === -1 || html < json);
}

/**
 * Where somebody goes after the sign-in: a path of the same origin, or `/`. Never another origin (`//host`, `/\host`, a
 * scheme), whatever a browser makes of tabs, line breaks and backslashes.
 */
export function readReturnPath(text: string | undefined): string {
  if (text === undefined || text.length > longestReturnPath) return '/';
  if (!/^\/(?![/\\])[\x21-\x5b\x5d-\x7e]*$/.test(text)) return '/';
  const base = 'https://own.invalid';
  const url = URL.parse(text, base);
  // Resolving dot segments may leave two slashes at the start.
  const isOwn = url !== null && url.origin === base && !url.pathname.startsWith('//');
  // Whoever was on the way to a page of the sign-in itself would be sent round and round.
  return isOwn && !url.pathname.startsWith('/edge/') ? text : '/';
}
