import { createHmac, timingSafeEqual } from 'node:crypto';
import { principalSchema, type Principal } from '@plinth/contracts';
import type { Secret } from '../config/secret.ts';
import { InvalidTokenError } from '../errors/common.errors.ts';

const LIFETIME_SECONDS = 30;
const HEADER = Buffer.from(JSON.stringify({ alg: 'HS256', typ: 'plinth-internal+jwt' })).toString('base64url');

/**
 * Signs the caller for a call to another process of the same platform: a JWT (RFC 7519) with HS256, 30 s,
 * audience = the called service.
 */
export function signInternalToken(principal: Principal, audience: string, secret: Secret, nowMs: number): string {
  const issuedAt = Math.floor(nowMs / 1000);
  const payload = Buffer.from(
    JSON.stringify({ aud: audience, iat: issuedAt, exp: issuedAt + LIFETIME_SECONDS, principal }),
  ).toString('base64url');
  const content = `${HEADER}.${payload}`;
  return `${content}.${sign(content, secret)}`;
}

/** The principal of an internal token for `audience`. Throws `InvalidTokenError` for anything else. */
export function verifyInternalToken(token: string, audience: string, secret: Secret, nowMs: number): Principal {
  const [header, payload, signature, ...rest] = token.split('.');
  if (header !== HEADER || payload === undefined || signature === undefined || rest.length > 0) {
    throw new InvalidTokenError('it is not an internal token');
  }
  const expected = Buffer.from(sign(`${header}.${payload}`, secret));
  const given = Buffer.from(signature);
  if (expected.length !== given.length || !timingSafeEqual(expected, given))
    throw new InvalidTokenError('the signature is wrong');
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')) as Record<string, unknown>;
  const now = Math.floor(nowMs / 1000);
  if (claims['aud'] !== audience) throw new InvalidTokenError('it is for another audience');
  if (typeof claims['exp'] !== 'number' || claims['exp'] <= now) throw new InvalidTokenError('it has expired');
  if (typeof claims['iat'] !== 'number' || claims['iat'] > now + 5) throw new InvalidTokenError('it is not valid yet');
  return principalSchema.parse(claims['principal']);
}

function sign(content: string, secret: Secret): string {
  return createHmac('sha256', secret.reveal()).update(content).digest('base64url');
}
