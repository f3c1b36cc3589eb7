import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** Draws a secret of 256 random bits; no slow hash is needed for so many. */
export function drawClientSecret(): string {
  return randomBytes(32).toString('base64url');
}

export function hashClientSecret(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}

/** Whether a secret is one of those that were hashed, in the same time whichever it is. */
export function isClientSecret(given: string, hashes: readonly Buffer[]): boolean {
  const hash = hashClientSecret(given);
  return hashes.map((one) => timingSafeEqual(one, hash)).includes(true);
}
