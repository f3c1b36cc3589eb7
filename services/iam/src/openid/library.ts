import type * as oidcProvider from 'oidc-provider';

/** The provider's library, which is loaded when the first request needs it. */
export type Library = typeof oidcProvider;
