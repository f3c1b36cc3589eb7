import { createHash, randomInt } from 'node:crypto';
import { crc32 } from 'node:zlib';

const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const prefixLength = 8;
const secretLength = 32;
const checksumLength = 6;
const form = new RegExp(`^plk_[0-9A-Za-z]{${prefixLength}}_[0-9A-Za-z]{${secretLength + checksumLength}}$`);

/** What secret scanners tell credentials of the platform by: an API key, a secret of a service account. */
export type KeyKind = 'plk' | 'pls';

/** A credential as it is handed out once: `<kind>_<prefix>_<secret and checksum>`. */
export interface GeneratedApiKey {
  readonly key: string;
  /** Shown in lists, so that its owner can tell keys apart. */
  readonly prefix: string;
  /** SHA-256 of the key: all that is stored. 190 random bits need no slow hash. */
  readonly hash: Buffer;
}

/** Draws a new key from the system's random source. */
export function generateApiKey(kind: KeyKind = 'plk'): GeneratedApiKey {
  const prefix = `${kind}_${randomText(prefixLength)}`;
  const body = `${prefix}_${randomText(secretLength)}`;
  const key = withChecksum(body);
  return { key, prefix, hash: hashApiKey(key) };
}

/** Whether the text has the form and the checksum of a key: a mistyped one is refused without asking the database. */
export function isApiKey(text: string): boolean {
  if (!form.test(text)) return false;
  return checksum(text.slice(0, -checksumLength)) === text.slice(-checksumLength);
}

/** The key of a kind, a prefix and a secret: with what secret scanners verify. */
export function withChecksum(body: string): string {
  return body + checksum(body);
}

export function hashApiKey(key: string): Buffer {
  return createHash('sha256').update(key).digest();
}

function randomText(length: number): string {
  let text = '';
  for (let index = 0; index < length; index++) text += alphabet[randomInt(alphabet.length)];
  return text;
}

// CRC-32 in base 62, as in GitHub's and npm's tokens: it finds typing errors and lets secret scanners be certain.
function checksum(text: string): string {
  let rest = crc32(text);
  let digits = '';
  for (let index = 0; index < checksumLength; index++) {
    digits = alphabet[rest % 62]! + digits;
    rest = Math.floor(rest / 62);
  }
  return digits;
}
