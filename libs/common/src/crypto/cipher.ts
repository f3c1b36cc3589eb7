import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import type { Secret } from '../config/secret.ts';

const format = 1;
const nonceLength = 12;
const tagLength = 16;

/**
 * Encrypts small values at rest: AES-256-GCM (NIST SP 800-38D) with a key derived from a secret for one purpose
 * (HKDF-SHA-256, RFC 5869). A value is bound to its context, usually the id of its row, so that it cannot be moved.
 */
export class Cipher {
  readonly #key: Buffer;

  constructor(secret: Secret, purpose: string) {
    this.#key = Buffer.from(hkdfSync('sha256', secret.reveal(), '', `plinth:${purpose}`, 32));
  }

  /** One byte of format, the nonce, the tag, the encrypted text. */
  encrypt(text: string, context: string): Buffer {
    const nonce = randomBytes(nonceLength);
    const cipher = createCipheriv('aes-256-gcm', this.#key, nonce).setAAD(Buffer.from(context));
    const encrypted = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
    return Buffer.concat([Buffer.from([format]), nonce, cipher.getAuthTag(), encrypted]);
  }

  /** Throws for a value of another secret, purpose or context. */
  decrypt(value: Buffer, context: string): string {
    if (value[0] !== format) throw new Error('The encrypted value has an unknown format.');
    const tagAt = 1 + nonceLength;
    const decipher = createDecipheriv('aes-256-gcm', this.#key, value.subarray(1, tagAt))
      .setAAD(Buffer.from(context))
      .setAuthTag(value.subarray(tagAt, tagAt + tagLength));
    return Buffer.concat([decipher.update(value.subarray(tagAt + tagLength)), decipher.final()]).toString('utf8');
  }
}
