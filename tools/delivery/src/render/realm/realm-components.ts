/** Keys and the profile of users. Keycloak keeps configuration of components as lists of text. */
export function realmComponents() {
  return {
    'org.keycloak.keys.KeyProvider': [
      key('aes-generated', 'aes-generated', { secretSize: '16' }),
      key('hmac-generated', 'hmac-generated', { algorithm: 'HS512', secretSize: '64' }),
      key('rsa-enc-generated', 'rsa-enc-generated', { algorithm: 'RSA-OAEP', keySize: '2048' }),
      // Rotation adds one of higher priority; this one then verifies until its last token has ended.
      key('rsa-generated', 'rsa-generated', { algorithm: 'RS256', keySize: '2048', active: 'true', enabled: 'true' }),
    ],
    'org.keycloak.userprofile.UserProfileProvider': [
      {
        providerId: 'declarative-user-profile',
        subComponents: {},
        config: { 'kc.user.profile.config': [JSON.stringify(userProfile)] },
      },
    ],
  };
}

function key(name: string, providerId: string, config: Readonly<Record<string, string>>) {
  const values = Object.entries({ priority: '100', ...config }).map(([field, value]) => [field, [value]]);
  return { name, providerId, subComponents: {}, config: Object.fromEntries(values) };
}

const own = { view: ['admin', 'user'], edit: ['admin', 'user'] };
// Whoever could write them could enter another tenant.
const administered = { view: ['admin'], edit: ['admin'] };

const userProfile = {
  attributes: [
    {
      name: 'username',
      displayName: '${username}',
      permissions: own,
      validations: { length: { min: 3, max: 255 }, 'username-prohibited-characters': {} },
    },
    {
      name: 'email',
      displayName: '${email}',
      required: { roles: ['user'] },
      permissions: own,
      validations: { email: {}, length: { max: 255 } },
    },
    {
      name: 'firstName',
      displayName: '${firstName}',
      permissions: own,
      validations: { length: { max: 255 }, 'person-name-prohibited-characters': {} },
    },
    {
      name: 'lastName',
      displayName: '${lastName}',
      permissions: own,
      validations: { length: { max: 255 }, 'person-name-prohibited-characters': {} },
    },
    {
      name: 'organization_id',
      displayName: 'Organization',
      permissions: administered,
      validations: { length: { max: 64 } },
    },
    { name: 'tenant_id', displayName: 'Tenant', permissions: administered, validations: { length: { max: 64 } } },
  ],
};
