import type { Principal } from '@plinth/contracts';

/**
 * The caller's Idempotency-Key, kept with what it made: a charge cannot be undone with the request's transaction, so a
 * repeated request has to find it.
 */
export function requestKeyOf(
  principal: Principal,
  headers: Readonly<Record<string, string | string[] | undefined>>,
): string | null {
  const key = headers['idempotency-key'];
  return typeof key === 'string' ? `${principal.kind}:${principal.subject}:${key}` : null;
}
