/** Whom passkeys are made for: the platform at its public URL, and no other origin. */
export interface RelyingParty {
  readonly id: string;
  readonly name: string;
  readonly origin: string;
}

/** The relying party at a public URL. */
export function relyingPartyOf(baseUrl: string, name: string): RelyingParty {
  const { hostname, origin } = new URL(baseUrl);
  return { id: hostname, name, origin };
}
