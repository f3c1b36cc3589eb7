/** A public key in JWK form (RFC 7517). */
export type PublicKey = Readonly<Record<string, unknown>>;

/** A key of ours in both parts, as the library for tokens takes it. */
export interface SigningKey {
  readonly id: string;
  readonly algorithm: string;
  readonly publicKey: PublicKey;
  /** The private part, a JWK too. */
  readonly privateKey: PublicKey;
  readonly retiresAt: Date;
}

/** Days for which a key signs. */
export const signingDays = 90;
/** Days for which a retired key still verifies: longer than any token that it signed. */
export const graceDays = 1;
