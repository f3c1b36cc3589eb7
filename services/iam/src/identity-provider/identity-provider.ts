import type { ProviderKind, ProviderSettings } from './provider-settings.ts';

/** Whether people whom nobody knows here become users: never, where the platform lets anybody sign up, or always. */
export type SignUpRule = 'never' | 'platform' | 'always';

/** What an administrator decides on besides the settings of the kind. */
export interface ProviderRules {
  readonly title: string;
  readonly enabled: boolean;
  readonly signUp: SignUpRule;
  readonly allowedDomains: readonly string[];
  readonly homeRealm: boolean;
  readonly trustEmail: boolean;
  readonly trustMultiFactor: boolean;
  readonly joinRole: string | null;
}

/** Where people may sign in besides here. */
export interface IdentityProvider extends ProviderRules {
  readonly id: string;
  /** Null: for everybody. */
  readonly tenantId: string | null;
  readonly organizationId: string | null;
  readonly origin: 'administered' | 'declared';
  readonly settings: ProviderSettings;
  readonly version: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** Whose providers are meant: those of the caller's tenant, or those of the whole platform. */
export type ProviderRealm = 'tenant' | 'platform';

export const defaultRules: Omit<ProviderRules, 'title'> = {
  enabled: true,
  signUp: 'platform',
  allowedDomains: [],
  homeRealm: false,
  trustEmail: false,
  trustMultiFactor: false,
  joinRole: null,
};

const postKinds: ReadonlySet<ProviderKind> = new Set(['apple', 'saml']);

/** Whether it answers by a form that the browser posts from its site to ours. */
export function answersByPost(kind: ProviderKind): boolean {
  return postKinds.has(kind);
}
