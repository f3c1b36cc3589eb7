import type { ThrottleService } from '../authentication/throttle.service.ts';

const mostRemembered = 10_000;

/**
 * Slows down addresses that guess keys. Many programs share an address, so a key goes on from where it was used
 * before, whatever somebody else tries beside it; every other key has to wait.
 */
export class GuessGuard {
  readonly #throttle: ThrottleService;
  readonly #accepted = new Set<string>();

  constructor(throttle: ThrottleService) {
    this.#throttle = throttle;
  }

  /** Throws while the address has to wait, unless it used the key before. */
  async assertMayTry(ip: string, keyHash: Buffer): Promise<void> {
    if (!this.#accepted.has(pairOf(ip, keyHash))) await this.#throttle.assertMayTry({ kind: 'api-key', value: ip });
  }

  noteAccepted(ip: string, keyHash: Buffer): void {
    const pair = pairOf(ip, keyHash);
    this.#accepted.delete(pair);
    this.#accepted.add(pair);
    const [oldest] = this.#accepted.size > mostRemembered ? this.#accepted : [];
    if (oldest !== undefined) this.#accepted.delete(oldest);
  }

  async noteGuess(ip: string): Promise<void> {
    await this.#throttle.noteFailure({ kind: 'api-key', value: ip });
  }
}

function pairOf(ip: string, keyHash: Buffer): string {
  return `${ip} ${keyHash.toString('base64')}`;
}
