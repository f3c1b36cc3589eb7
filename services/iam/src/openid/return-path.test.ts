import { expect, it } from 'vitest';
import { isSafeReturnPath } from './return-path.ts';

it.each(['/', '/console', '/api/v1/auth/oauth2/interaction/a?b=c&d=https://other.test/', '/a#b'])(
  'lets somebody go on to %s',
  (path) => expect(isSafeReturnPath(path)).toBe(true),
);

it.each([
  '',
  'console',
  'https://other.test/',
  '//other.test/',
  '/\\other.test/',
  '\\\\other.test',
  '/\t/other.test',
  '/\n/other.test',
  '/..//other.test',
  '/.//other.test',
  '/a/..//other.test',
  ' /console',
  'javascript:alert(1)',
  '/ümlaut',
])('sends nobody to %j', (path) => expect(isSafeReturnPath(path)).toBe(false));
