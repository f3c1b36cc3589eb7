/** A claim of a token, as Keycloak's client representation has it. */
export interface ProtocolMapper {
  readonly name: string;
  readonly protocol: 'openid-connect';
  readonly protocolMapper: string;
  readonly consentRequired: false;
  readonly config: Readonly<Record<string, string>>;
}

const inAllTokens = { 'access.token.claim': 'true', 'id.token.claim': 'true', 'userinfo.token.claim': 'true' };

/** The claims of every token: tenant, organization, roles and email of the user. */
export function claimMappers(): ProtocolMapper[] {
  return [
    attribute('email', 'email'),
    mapper('email_verified', 'oidc-usermodel-property-mapper', {
      ...inAllTokens,
      'user.attribute': 'emailVerified',
      'claim.name': 'email_verified',
      'jsonType.label': 'boolean',
    }),
    attribute('organization_id', 'organization_id'),
    mapper('roles', 'oidc-usermodel-realm-role-mapper', {
      ...inAllTokens,
      'claim.name': 'roles',
      'jsonType.label': 'String',
      multivalued: 'true',
    }),
    attribute('tenant_id', 'tenant_id'),
  ];
}

/**
 * The one audience that the platform's services accept, for the clients whose tokens are for them. Keycloak's scope
 * `roles` would add `account` to the audience and is not used.
 */
export function audienceMapper(apiClient: string): ProtocolMapper {
  return mapper('audience', 'oidc-audience-mapper', {
    'included.client.audience': apiClient,
    'access.token.claim': 'true',
    'id.token.claim': 'false',
  });
}

function attribute(claim: string, userAttribute: string): ProtocolMapper {
  return mapper(claim, 'oidc-usermodel-attribute-mapper', {
    ...inAllTokens,
    'user.attribute': userAttribute,
    'claim.name': claim,
    'jsonType.label': 'String',
  });
}

function mapper(name: string, protocolMapper: string, config: ProtocolMapper['config']): ProtocolMapper {
  return { name, protocol: 'openid-connect', protocolMapper, consentRequired: false, config };
}
