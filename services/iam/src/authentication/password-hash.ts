import { argon2, randomBytes, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';

// OWASP's minimum for argon2id: 19 MiB of memory, two passes, one lane.
const memoryKib = 19_456;
const passes = 2;
const parallelism = 1;
const tagLength = 32;

const derive = promisify(argon2);

/** Hashes a password with argon2id into a PHC string, with a salt of its own. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const tag = await derive('argon2id', {
    message: password.normalize('NFKC'),
    nonce: salt,
    parallelism,
    tagLength,
    memory: memoryKib,
    passes,
  });
  return `$argon2id$v=19$m=${memoryKib},t=${passes},p=${parallelism}$${encode(salt)}$${encode(tag)}`;
}

/** Whether the password belongs to the hash. Parameters come from the hash, so that they can be raised later. */
export async function verifyPassword(input: { hash: string; password: string }): Promise<boolean> {
  const parts = /^\$argon2id\$v=19\$m=(\d{1,7}),t=(\d{1,2}),p=(\d{1,2})\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/.exec(
    input.hash,
  );
  if (!parts) return false;
  const expected = Buffer.from(parts[5]!, 'base64');
  const actual = await derive('argon2id', {
    message: input.password.normalize('NFKC'),
    nonce: Buffer.from(parts[4]!, 'base64'),
    parallelism: Number(parts[3]),
    tagLength: expected.length,
    memory: Number(parts[1]),
    passes: Number(parts[2]),
  });
  return timingSafeEqual(actual, expected);
}

// PHC strings use base64 without padding.
function encode(bytes: Buffer): string {
  return bytes.toString('base64').replace(/=+$/, '');
}
