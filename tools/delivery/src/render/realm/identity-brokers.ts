import type { IdentityBroker } from '../../model/platform-model.ts';
import { placeholderOf } from './placeholder.ts';

interface BrokerForm {
  readonly title: string;
  readonly providerId: string;
  readonly config: Readonly<Record<string, string>>;
  readonly mapper: string;
  /** Field of the provider → attribute of the user. */
  readonly fields: Readonly<Record<string, 'email' | 'firstName' | 'lastName'>>;
}

const forms: Readonly<Record<IdentityBroker, BrokerForm>> = {
  // Keycloak has no provider of its own for it. Apple wants a form post for more than `openid`.
  apple: {
    title: 'Apple',
    providerId: 'oidc',
    config: {
      issuer: 'https://appleid.apple.com',
      authorizationUrl: 'https://appleid.apple.com/auth/authorize',
      tokenUrl: 'https://appleid.apple.com/auth/token',
      jwksUrl: 'https://appleid.apple.com/auth/keys',
      useJwksUrl: 'true',
      validateSignature: 'true',
      clientAuthMethod: 'client_secret_post',
      disableUserInfo: 'true',
      defaultScope: 'openid',
    },
    mapper: 'oidc-user-attribute-idp-mapper',
    fields: { email: 'email' },
  },
  facebook: {
    title: 'Facebook',
    providerId: 'facebook',
    config: { defaultScope: 'email public_profile' },
    mapper: 'facebook-user-attribute-mapper',
    fields: { email: 'email', first_name: 'firstName', last_name: 'lastName' },
  },
  github: {
    title: 'GitHub',
    providerId: 'github',
    config: { defaultScope: 'user:email' },
    mapper: 'github-user-attribute-mapper',
    fields: { email: 'email', name: 'firstName' },
  },
  google: {
    title: 'Google',
    providerId: 'google',
    config: { defaultScope: 'openid profile email' },
    mapper: 'google-user-attribute-mapper',
    fields: { email: 'email', family_name: 'lastName', given_name: 'firstName' },
  },
  microsoft: {
    title: 'Microsoft',
    providerId: 'microsoft',
    config: { defaultScope: 'openid profile email User.Read' },
    mapper: 'microsoft-user-attribute-mapper',
    fields: { givenName: 'firstName', mail: 'email', surname: 'lastName' },
  },
};

/**
 * Sign-in at other providers. An email address of theirs is not trusted: it is verified before an account that has
 * it already becomes the same account.
 */
export function identityProviders(brokers: readonly IdentityBroker[]) {
  return brokers.toSorted().map((alias) => {
    const { title, providerId, config } = forms[alias];
    return {
      alias,
      displayName: title,
      providerId,
      enabled: true,
      trustEmail: false,
      storeToken: false,
      addReadTokenRoleOnCreate: false,
      linkOnly: false,
      firstBrokerLoginFlowAlias: 'first broker login',
      config: {
        clientId: placeholderOf(`broker-${alias}-client-id`),
        clientSecret: placeholderOf(`broker-${alias}-client-secret`),
        syncMode: 'IMPORT',
        ...config,
      },
    };
  });
}

/** Names and email address of a new user, from what the provider tells. */
export function identityProviderMappers(brokers: readonly IdentityBroker[]) {
  return brokers.toSorted().flatMap((alias) => {
    const { mapper, providerId, fields } = forms[alias];
    return Object.entries(fields).map(([field, attribute]) => ({
      name: `${alias} ${attribute}`,
      identityProviderAlias: alias,
      identityProviderMapper: mapper,
      config:
        providerId === 'oidc'
          ? { syncMode: 'INHERIT', claim: field, 'user.attribute': attribute }
          : { syncMode: 'INHERIT', jsonField: field, userAttribute: attribute },
    }));
  });
}
