/** A passkey (WebAuthn credential) of a user. */
export interface Passkey {
  readonly id: string;
  readonly userId: string;
  readonly credentialId: Buffer;
  /** COSE */
  readonly publicKey: Buffer;
  readonly counter: number;
  readonly transports: readonly string[];
  readonly name: string;
  /** Kept by the maker's cloud as well, and so on several devices. */
  readonly backedUp: boolean;
  readonly createdAt: Date;
  readonly lastUsedAt: Date | null;
}

/** COSE algorithms in the order of preference: EdDSA, ES256, RS256, which together every device knows one of. */
export const passkeyAlgorithms = [-8, -7, -257];
/** Passkeys that one user can have. */
export const mostPasskeys = 20;
/** Seconds that a challenge is good for. */
export const challengeLifetimeSeconds = 300;

/**
 * The challenge that a browser says it answered; undefined for anything that is no client data, or that comes from a
 * frame in somebody else's page. The signature over it is checked afterwards.
 */
export function readChallenge(clientDataJson: string): string | undefined {
  try {
    const data = JSON.parse(Buffer.from(clientDataJson, 'base64url').toString('utf8')) as {
      challenge?: unknown;
      crossOrigin?: unknown;
    };
    return typeof data.challenge === 'string' && data.crossOrigin !== true ? data.challenge : undefined;
  } catch {
    return undefined;
  }
}

/** How a user is called on their authenticator: the bytes of their id, which say nothing about them. */
export function userHandle(userId: string): Buffer<ArrayBuffer> {
  return Buffer.from(userId.replaceAll('-', ''), 'hex');
}
