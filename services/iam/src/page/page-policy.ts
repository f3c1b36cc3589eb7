/**
 * Headers of every page. `form-action` holds for what a form is redirected to as well: the way to other addresses goes
 * by `/sign-in/continue`. A page without a referrer policy of its own would send `Origin: null` with `no-referrer`;
 * with `same-origin`, no other site learns of paths and tokens in them.
 */
export function pageHeaders(logoUrl: string | undefined): Readonly<Record<string, string>> {
  const pictures = ["'self'", 'data:', ...(logoUrl === undefined ? [] : [new URL(logoUrl).origin])];
  return {
    'content-security-policy': [
      "default-src 'none'",
      "style-src 'self'",
      "script-src 'self'",
      `img-src ${pictures.join(' ')}`,
      "form-action 'self'",
      "frame-ancestors 'self'",
      "object-src 'none'",
      "base-uri 'none'",
    ].join('; '),
    'referrer-policy': 'same-origin',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'SAMEORIGIN',
    'cache-control': 'no-store',
    'cross-origin-opener-policy': 'same-origin',
  };
}
