/**
 * OpenID Connect discovery metadata of the embedded issuer. It names only what is served: tokens are issued to
 * signed-in sessions, so there is no authorization or token endpoint, and the lists that describe them are empty.
 */
export function discoveryDocument(issuer: string) {
  return {
    issuer,
    jwks_uri: `${issuer}/jwks`,
    response_types_supported: [] as string[],
    grant_types_supported: [] as string[],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['RS256'],
    claims_supported: ['iss', 'aud', 'sub', 'iat', 'exp', 'sid', 'tenant_id', 'organization_id', 'roles', 'email'],
  };
}
