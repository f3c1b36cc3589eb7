import type { DeletionCertificate } from '@plinth/contracts';
import { CompactSign, importJWK } from 'jose';
import type { SigningKeyService } from '../signing-key/signing-key.service.ts';

/**
 * Signs certificates with the key of the moment: a JWS (RFC 7515) whose header has the public key, because the key's
 * own publication ends months before anybody may want to verify. Its type keeps it from being taken for a token.
 */
export class CertificateService {
  readonly #keys: SigningKeyService;

  constructor(keys: SigningKeyService) {
    this.#keys = keys;
  }

  async sign(certificate: DeletionCertificate): Promise<string> {
    const key = await this.#keys.getCurrent();
    return new CompactSign(new TextEncoder().encode(JSON.stringify(certificate)))
      .setProtectedHeader({
        alg: key.algorithm,
        kid: key.id,
        typ: 'plinth-certificate+jws',
        jwk: key.publicKey,
      })
      .sign(await importJWK(key.privateKey, key.algorithm));
  }
}
