import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { packagePath } from '@plinth/common';

const prefixLength = 5;
const shortestListed = 5;

/**
 * Encodes a list of passwords as sorted, unique 5-byte prefixes of their SHA-256, so that a list needs a few hundred
 * kilobytes and shows nobody a password. A password that is not in the list is taken for one once in 20 million times.
 */
export function encodeCommonPasswords(passwords: readonly string[]): Buffer {
  const prefixes = new Set(
    passwords
      .map((password) => password.toLowerCase())
      .filter((password) => password.length >= shortestListed)
      .map((password) => prefixOf(password).toString('hex')),
  );
  return Buffer.from([...prefixes].sort().join(''), 'hex');
}

/** A list of common and breached passwords, in lower case. */
export class CommonPasswords {
  readonly #prefixes: Buffer;

  /** Takes what `encodeCommonPasswords` made. */
  constructor(prefixes: Buffer) {
    this.#prefixes = prefixes;
  }

  /** Loads the list that comes with the service. */
  static async load(): Promise<CommonPasswords> {
    return new CommonPasswords(await readFile(packagePath(import.meta.url, 'assets/common-passwords.bin')));
  }

  /** Whether the list has the password, which must be in lower case. */
  has(password: string): boolean {
    const prefix = prefixOf(password);
    let [low, high] = [0, this.#prefixes.length / prefixLength];
    while (low < high) {
      const middle = (low + high) >> 1;
      const at = middle * prefixLength;
      const order = this.#prefixes.compare(prefix, 0, prefixLength, at, at + prefixLength);
      if (order === 0) return true;
      if (order < 0) low = middle + 1;
      else high = middle;
    }
    return false;
  }
}

function prefixOf(password: string): Buffer {
  return createHash('sha256').update(password).digest().subarray(0, prefixLength);
}
