/** Headers of every response (requirement 02). Our own pages may run their own script and style files only. */
export const securityHeaders: Readonly<Record<string, string>> = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'SAMEORIGIN',
  'referrer-policy': 'strict-origin-when-cross-origin',
  'permissions-policy': 'geolocation=(), microphone=(), camera=()',
  'content-security-policy':
    "default-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'self'; form-action 'self'",
};

/** HSTS, for platforms that are reached by HTTPS. */
export const strictTransportSecurity = 'max-age=31536000; includeSubDomains; preload';
