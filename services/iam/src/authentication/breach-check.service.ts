import { createHash } from 'node:crypto';
import type { Logger } from '@plinth/common';

const answerTimeoutMs = 2000;
const prefixLength = 5;

/**
 * Asks a range API whether a password was breached (k-anonymity, as haveibeenpwned.com has it): it learns the first
 * five digits of the password's SHA-1 and answers with all that begin so, one `<rest>:<times>` a line.
 */
export class BreachCheckService {
  readonly #url: string;
  readonly #log: Logger;

  constructor(url: string, log: Logger) {
    this.#url = url;
    this.#log = log;
  }

  /** False when the API cannot be asked: nobody is kept from signing up because somebody else's service is down. */
  async isBreached(password: string): Promise<boolean> {
    const digest = createHash('sha1').update(password).digest('hex').toUpperCase();
    try {
      const response = await fetch(this.#url + digest.slice(0, prefixLength), {
        // With padding, the length of an answer does not tell which one it is.
        headers: { 'add-padding': 'true', 'user-agent': 'plinth' },
        signal: AbortSignal.timeout(answerTimeoutMs),
      });
      if (!response.ok) throw new Error(`it answered ${response.status}`);
      return hasSuffix(await response.text(), digest.slice(prefixLength));
    } catch (error) {
      this.#log.warn({ err: error }, 'the breach check could not be asked; the bundled list alone decided');
      return false;
    }
  }
}

function hasSuffix(body: string, suffix: string): boolean {
  return body.split(/\r?\n/).some((line) => {
    const [rest, times] = line.split(':');
    // Lines of padding occur 0 times.
    return rest?.toUpperCase() === suffix && Number(times) > 0;
  });
}
