import { createHmac, hkdfSync, randomInt } from 'node:crypto';
import type { Secret } from '@plinth/common';

/** Draws a code of six digits, as one can type it from a mail. */
export function drawDigits(): string {
  return randomInt(1_000_000).toString().padStart(6, '0');
}

/**
 * Hashes codes that are too short for a plain hash: whoever reads the database and not the service's secret could try
 * them all. A hash is bound to its context, so that the same code of two people looks different.
 */
export class CodeHasher {
  readonly #key: Buffer;

  constructor(secret: Secret, purpose: string) {
    this.#key = Buffer.from(hkdfSync('sha256', secret.reveal(), '', `plinth:${purpose}`, 32));
  }

  /** HMAC-SHA-256 of the code in its context. */
  hash(code: string, context: string): Buffer {
    return createHmac('sha256', this.#key).update(`${context}\0${code}`).digest();
  }
}
