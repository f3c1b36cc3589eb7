import { z } from 'zod';
import { idSchema } from './ids.ts';
import { builtInRoles } from './permissions.ts';

const webUrl = z.url({ protocol: /^https?$/, error: 'must be an http or https URL' });
const claimPath = z
  .string()
  .min(1)
  .max(200)
  .describe('name of a claim, or a path into one with dots, such as realm_access.roles');

const audienceSchema = z
  .string()
  .min(1)
  .refine((audience) => audience !== 'account', {
    error:
      'must not be account: Keycloak puts it into the tokens of every client of a realm; add an audience mapper for the platform and name its audience',
  });

const tenantSchema = z.discriminatedUnion('from', [
  z.strictObject({ from: z.literal('fixed'), tenantId: idSchema }).describe('everybody acts in this tenant'),
  z
    .strictObject({
      from: z.literal('claim'),
      claim: claimPath,
      setBy: z.literal('administrators', {
        error: 'must be "administrators": name a claim that people cannot set for themselves',
      }),
    })
    .describe('the token names the tenant'),
  z
    .strictObject({ from: z.literal('membership') })
    .describe('X-Tenant-ID chooses among the tenants of the person here'),
]);

const rolesSchema = z.discriminatedUnion('from', [
  z.strictObject({ from: z.literal('assignments') }).describe('only roles that were given here'),
  z
    .strictObject({
      from: z.literal('claim'),
      claim: claimPath,
      map: z
        .record(z.string(), z.enum(builtInRoles))
        .describe("the issuer's name of a role → the platform's; roles that are not named count for nothing"),
      assignments: z
        .enum(['added', 'ignored'])
        .default('added')
        .describe('whether roles that were given here count beside the mapped ones'),
    })
    .describe('roles of the token'),
]);

const administrationSchema = z.strictObject({
  kind: z.literal('keycloak'),
  baseUrl: webUrl.describe('where Keycloak is reached from here'),
  realm: z.string().min(1),
  clientId: z
    .string()
    .min(1)
    .describe('client with a service account that has manage-users, view-users and query-users'),
  secretFile: z.string().min(1).describe("file with the client's secret"),
  newUsers: z.boolean().default(true).describe('whether users who are made by POST /users are made there'),
});

const issuerSchema = z.strictObject({
  issuer: webUrl.describe('exactly the `iss` of its tokens'),
  discoveryUrl: webUrl
    .optional()
    .describe('where its metadata is read, if it is reached under another address from here'),
  audiences: z.array(audienceSchema).min(1).describe('one of them must be in the `aud` of a token'),
  algorithms: z
    .array(z.enum(['RS256', 'ES256']))
    .min(1)
    .default(['RS256']),
  tokenType: z
    .enum(['at+jwt', 'JWT'])
    .default('at+jwt')
    .describe('header `typ` of its access tokens: at+jwt (RFC 9068), or JWT for issuers that cannot say more'),
  tenant: tenantSchema,
  roles: rolesSchema.default({ from: 'assignments' }),
  provisioning: z
    .enum(['first-token', 'off'])
    .default('off')
    .describe('whether somebody with a verified address becomes a user by their first token'),
  secondFactor: z
    .strictObject({ claim: claimPath, values: z.array(z.string()).min(1) })
    .optional()
    .describe('claim and values by which the issuer says that there were two factors; otherwise there was one'),
  administration: administrationSchema.optional(),
});

/** The file that `PLINTH_ISSUERS_FILE` names: issuers whose access tokens count, beside or instead of the embedded one. */
export const issuersFileSchema = z
  .strictObject({
    embeddedSignIn: z.boolean().default(true).describe('whether people may also sign in at the platform itself'),
    issuers: z.array(issuerSchema).min(1),
  })
  .check(({ value, issues }) => {
    value.issuers.forEach(({ issuer }, index) => {
      if (value.issuers.findIndex((other) => other.issuer === issuer) < index)
        issues.push({ code: 'custom', input: issuer, path: ['issuers', index, 'issuer'], message: 'is there twice' });
    });
    value.issuers.forEach(({ tenant, roles }, index) => {
      if (tenant.from !== 'membership' || roles.from !== 'claim') return;
      for (const [name, role] of Object.entries(roles.map))
        if (role !== 'platform_admin')
          issues.push({
            code: 'custom',
            input: role,
            path: ['issuers', index, 'roles', 'map', name],
            message: `${role} would hold in every tenant of the person: let the issuer name the tenant too`,
          });
    });
    const makers = value.issuers.filter(({ administration }) => administration?.newUsers);
    if (makers.length > 1)
      issues.push({
        code: 'custom',
        input: value.issuers,
        path: ['issuers'],
        message: 'new users are made at one issuer: set newUsers to false at the others',
      });
  });

export type IssuersFile = z.output<typeof issuersFileSchema>;
export type ExternalIssuer = IssuersFile['issuers'][number];
/** As it is written, before defaults are filled in. */
export type IssuersFileInput = z.input<typeof issuersFileSchema>;
