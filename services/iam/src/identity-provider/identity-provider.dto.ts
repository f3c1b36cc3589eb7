import { defineOperation, pageQuerySchema, pageSchema } from '@plinth/common';
import { z } from 'zod';
import { defaultRules, type IdentityProvider } from './identity-provider.ts';
import { providerSettingsSchema } from './provider-settings.ts';

const domainSchema = z
  .string()
  .max(253)
  .regex(/^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/i, 'must be a domain such as example.com')
  .toLowerCase();

const ruleFields = {
  title: z.string().trim().min(1).max(100).describe('what its button says'),
  enabled: z.boolean(),
  signUp: z
    .enum(['never', 'platform', 'always'])
    .describe('whether people whom nobody knows here become users; platform: where anybody may sign up'),
  allowedDomains: z.array(domainSchema).max(100).describe('only addresses of these domains; none: any'),
  homeRealm: z.boolean().describe("people with an address of the tenant's verified domains are sent there"),
  trustEmail: z
    .boolean()
    .describe(
      "it answers for the addresses it names without saying that they are verified; of a tenant's, in its domains",
    ),
  trustMultiFactor: z.boolean().describe('what it says of a second factor counts here'),
  joinRole: z
    .string()
    .max(100)
    .nullable()
    .describe("who signs in by it becomes a member with this role of the tenant's"),
};

/** A provider as somebody sends it; the rules between the fields are in `provider-rules.ts`. */
export const providerBodySchema = z.strictObject({
  title: ruleFields.title,
  enabled: ruleFields.enabled.default(defaultRules.enabled),
  settings: providerSettingsSchema,
  signUp: ruleFields.signUp.default(defaultRules.signUp),
  allowedDomains: ruleFields.allowedDomains.default([]),
  homeRealm: ruleFields.homeRealm.default(defaultRules.homeRealm),
  trustEmail: ruleFields.trustEmail.default(defaultRules.trustEmail),
  trustMultiFactor: ruleFields.trustMultiFactor.default(defaultRules.trustMultiFactor),
  joinRole: ruleFields.joinRole.default(defaultRules.joinRole),
});

const providerSchema = z.object({
  id: z.string(),
  realm: z.enum(['tenant', 'platform']),
  origin: z.enum(['administered', 'declared']).describe('declared ones change in their file alone'),
  ...ruleFields,
  settings: z.record(z.string(), z.unknown()).describe('as they were sent, without the secret'),
  secretSet: z.boolean(),
  callbackUrl: z.string().describe('to be registered with the provider; for SAML the assertion consumer service'),
  metadataUrl: z.string().nullable().describe('of our side, for SAML; its address is our entity id'),
  version: z.int(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
});

const realmSchema = z
  .enum(['tenant', 'platform'])
  .default('tenant')
  .describe("the tenant's own providers, or those of the whole platform, which its administrators alone see");
const realmQuery = z.strictObject({ realm: realmSchema });
const params = z.strictObject({ providerId: z.string().max(64) });
const shared = { tenant: false } as const;
const refusals = ['auth.tenant_required', 'role.platform_administrator_only', 'role.too_powerful'];
const metadataErrors = ['identity_provider.metadata_invalid', 'outbound.url_refused', 'outbound.request_failed'];

export const listIdentityProviders = defineOperation({
  ...shared,
  id: 'listIdentityProviders',
  method: 'GET',
  path: '/identity-providers',
  summary: 'List the identity providers that people may sign in by',
  permission: 'identity-provider:read',
  query: pageQuerySchema.extend({ realm: realmSchema }),
  response: pageSchema(providerSchema),
  errors: refusals,
});

export const getIdentityProvider = defineOperation({
  ...shared,
  id: 'getIdentityProvider',
  method: 'GET',
  path: '/identity-providers/:providerId',
  summary: 'Get an identity provider',
  permission: 'identity-provider:read',
  params,
  query: realmQuery,
  response: providerSchema,
  etag: 'returned',
  errors: refusals,
});

export const createIdentityProvider = defineOperation({
  ...shared,
  id: 'createIdentityProvider',
  method: 'POST',
  path: '/identity-providers',
  summary: 'Let people sign in by another identity provider',
  permission: 'identity-provider:write',
  sensitive: true,
  query: realmQuery,
  body: providerBodySchema,
  response: providerSchema,
  status: 201,
  etag: 'returned',
  errors: [...refusals, ...metadataErrors],
});

export const updateIdentityProvider = defineOperation({
  ...shared,
  id: 'updateIdentityProvider',
  method: 'PATCH',
  path: '/identity-providers/:providerId',
  summary: 'Change an identity provider',
  description: 'Settings are replaced as a whole. Their secret goes on unless they lead somewhere else.',
  permission: 'identity-provider:write',
  sensitive: true,
  params,
  query: realmQuery,
  body: z.strictObject({
    title: ruleFields.title.optional(),
    enabled: ruleFields.enabled.optional(),
    settings: providerSettingsSchema.optional(),
    signUp: ruleFields.signUp.optional(),
    allowedDomains: ruleFields.allowedDomains.optional(),
    homeRealm: ruleFields.homeRealm.optional(),
    trustEmail: ruleFields.trustEmail.optional(),
    trustMultiFactor: ruleFields.trustMultiFactor.optional(),
    joinRole: ruleFields.joinRole.optional(),
  }),
  response: providerSchema,
  etag: 'required',
  errors: [...refusals, ...metadataErrors, 'request.version_mismatch', 'identity_provider.declared'],
});

export const deleteIdentityProvider = defineOperation({
  ...shared,
  id: 'deleteIdentityProvider',
  method: 'DELETE',
  path: '/identity-providers/:providerId',
  summary: 'Delete an identity provider; nobody signs in by it any more',
  permission: 'identity-provider:write',
  sensitive: true,
  params,
  query: realmQuery,
  response: z.undefined(),
  status: 204,
  errors: [...refusals, 'identity_provider.declared'],
});

export const testIdentityProvider = defineOperation({
  ...shared,
  id: 'testIdentityProvider',
  method: 'POST',
  path: '/identity-providers/:providerId/test',
  summary: 'Look whether an identity provider can be reached and is what its settings say',
  description: 'Nobody is signed in. Whether the provider accepts our client secret shows at the first sign-in.',
  permission: 'identity-provider:write',
  params,
  query: realmQuery,
  response: z.object({
    ok: z.boolean(),
    checks: z.array(z.object({ name: z.string(), ok: z.boolean(), message: z.string() })),
  }),
  errors: refusals,
});

/** Where a provider sends people back to, and where it learns of us. */
export interface ProviderAddresses {
  readonly callbackUrl: string;
  readonly metadataUrl: string;
}

export function toResponse(
  provider: IdentityProvider & { readonly secretSet: boolean },
  { callbackUrl, metadataUrl }: ProviderAddresses,
): z.output<typeof providerSchema> {
  const { tenantId, organizationId: _kept, ...shown } = provider;
  return {
    ...shown,
    realm: tenantId === null ? 'platform' : 'tenant',
    allowedDomains: [...provider.allowedDomains],
    settings: { ...provider.settings },
    callbackUrl,
    metadataUrl: provider.settings.kind === 'saml' ? metadataUrl : null,
    createdAt: provider.createdAt.toISOString(),
    updatedAt: provider.updatedAt.toISOString(),
  };
}
