import { z } from 'zod';

const textSchema = z.string().trim().min(1).max(500);
const urlSchema = z.string().max(2000);
const secretSchema = z
  .string()
  .min(1)
  .max(10_000)
  .optional()
  .describe('never shown; absent on updates: the one before');
const scopesSchema = z
  .array(z.string().regex(/^[\x21\x23-\x5b\x5d-\x7e]{1,200}$/, 'must be a scope of RFC 6749'))
  .max(30);
const directoryIdSchema = z.uuid().toLowerCase();
const multiFactorSchema = z
  .array(textSchema)
  .max(20)
  .default(['mfa', 'http://schemas.microsoft.com/claims/multipleauthn', 'https://refeds.org/profile/mfa'])
  .describe('values of amr, acr or AuthnContextClassRef that stand for two factors');
const attributeSchema = z.string().trim().min(1).max(300).optional();
const mappingSchema = z
  .strictObject({
    email: attributeSchema,
    name: attributeSchema,
    firstName: attributeSchema,
    lastName: attributeSchema,
    locale: attributeSchema,
  })
  .default({})
  .describe('names of claims or attributes, where they are not the usual ones');

const client = { clientId: textSchema, clientSecret: secretSchema };

/** What each kind of provider needs to know. */
export const providerSettingsSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('google'),
    ...client,
    hostedDomain: textSchema.optional().describe('only accounts of this Google Workspace domain'),
  }),
  z.strictObject({
    kind: z.literal('microsoft'),
    ...client,
    directory: z
      .union([z.enum(['common', 'organizations', 'consumers']), directoryIdSchema])
      .default('organizations')
      .describe('whose accounts: of one directory by its id, of every organization, personal ones, or all'),
    allowedDirectories: z
      .array(directoryIdSchema)
      .max(1000)
      .default([])
      .describe('only accounts of these directories; none: of any'),
  }),
  z.strictObject({
    kind: z.literal('apple'),
    clientId: textSchema.describe('the Services ID'),
    teamId: textSchema,
    keyId: textSchema,
    privateKey: secretSchema.describe('the .p8 file as text; never shown; absent on updates: the one before'),
  }),
  z.strictObject({ kind: z.literal('facebook'), ...client }),
  z.strictObject({
    kind: z.literal('github'),
    ...client,
    baseUrl: urlSchema.default('https://github.com').describe('of a GitHub Enterprise Server'),
  }),
  z.strictObject({
    kind: z.literal('oidc'),
    ...client,
    issuer: urlSchema,
    scopes: scopesSchema.default(['openid', 'email', 'profile']),
    clientAuthentication: z.enum(['basic', 'post']).default('basic').describe('how the client secret is sent'),
    mapping: mappingSchema,
    multiFactorValues: multiFactorSchema,
  }),
  z.strictObject({
    kind: z.literal('saml'),
    metadata: z.string().max(500_000).optional().describe("the provider's metadata; sets the three fields below"),
    metadataUrl: urlSchema.optional().describe('where the metadata is read from, now and on every test'),
    entityId: z.string().trim().min(1).max(1024).optional(),
    ssoUrl: urlSchema.optional().describe('its single sign-on service for the HTTP-Redirect binding'),
    certificates: z.array(z.string().max(20_000)).max(10).optional().describe('PEM; those that it signs with'),
    mapping: mappingSchema,
    multiFactorValues: multiFactorSchema,
  }),
]);

/** Settings as somebody sent them, with a secret or without. */
export type GivenSettings = z.output<typeof providerSettingsSchema>;
export type ProviderKind = GivenSettings['kind'];
export type Mapping = z.output<typeof mappingSchema>;

type WithoutSecret<Settings> = Settings extends unknown
  ? Omit<Settings, 'clientSecret' | 'privateKey' | 'metadata'>
  : never;

/** Settings as they are kept and shown. */
export type ProviderSettings = WithoutSecret<GivenSettings>;
export type SettingsOf<Kind extends ProviderKind> = Extract<ProviderSettings, { kind: Kind }>;

/** Parts settings into what is shown and what is not. */
export function splitSecret(given: GivenSettings): { settings: ProviderSettings; secret: string | undefined } {
  const {
    clientSecret,
    privateKey,
    metadata: _read,
    ...settings
  } = given as GivenSettings & {
    clientSecret?: string;
    privateKey?: string;
    metadata?: string;
  };
  return { settings: settings as ProviderSettings, secret: clientSecret ?? privateKey };
}

/** The field of the secret; undefined for kinds that have none. */
export function secretFieldOf(kind: ProviderKind): 'clientSecret' | 'privateKey' | undefined {
  if (kind === 'saml') return undefined;
  return kind === 'apple' ? 'privateKey' : 'clientSecret';
}
