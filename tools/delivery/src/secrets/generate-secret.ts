import { generateKeyPair, randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import type { SecretForm } from '../model/platform-model.ts';

const makeKeyPair = promisify(generateKeyPair);

/** A new random value: 43 characters of base64url with 256 bits, unless its reader takes something else. */
export async function generateSecret(form: SecretForm | undefined): Promise<string> {
  if (form === undefined) return randomBytes(32).toString('base64url');
  if (form === 'rsa-key') {
    const { privateKey } = await makeKeyPair('rsa', { modulusLength: 4096 });
    return privateKey.export({ type: 'pkcs1', format: 'pem' }).toString();
  }
  // Three bytes are four characters.
  return randomBytes(Math.ceil((form.characters * 3) / 4))
    .toString('base64url')
    .slice(0, form.characters);
}
