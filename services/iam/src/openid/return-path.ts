/**
 * Whether somebody may be sent there after they signed in: a path of the platform's own, such as
 * `/api/v1/auth/oauth2/interaction/…`. Never another origin (`//host`, `/\host`, a scheme), whatever a browser makes
 * of tabs, line breaks and backslashes.
 */
export function isSafeReturnPath(path: string): boolean {
  if (!/^\/(?![/\\])[\x21-\x5b\x5d-\x7e]*$/.test(path)) return false;
  const base = 'https://own.invalid';
  const url = URL.parse(path, base);
  // Resolving dot segments may leave two slashes at the start.
  return url !== null && url.origin === base && !url.pathname.startsWith('//');
}
