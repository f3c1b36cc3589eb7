import { permissions } from '@plinth/contracts';
import { defineOperation, pageQuerySchema, pageSchema } from '@plinth/common';
import { z } from 'zod';
import { defaultClientSettings, grantTypes, type Client } from './client.ts';

const uriSchema = z.string().max(2000);
const idParameter = z.strictObject({ clientId: z.string().min(1).max(200) });

/** What somebody may say of a client; the rules between the fields are in `client-rules.ts`. */
export const clientSettingsSchema = z.strictObject({
  name: z.string().trim().min(1).max(100),
  confidential: z.boolean().default(defaultClientSettings.confidential).describe('has a secret'),
  native: z.boolean().default(defaultClientSettings.native).describe('an application on a device'),
  firstParty: z
    .boolean()
    .default(defaultClientSettings.firstParty)
    .describe("the operator's own: nobody is asked for consent"),
  actsAsUser: z
    .boolean()
    .default(defaultClientSettings.actsAsUser)
    .describe('its tokens may do all that their user may, unless it asks for less'),
  grantTypes: z
    .array(z.enum(grantTypes))
    .min(1)
    .default([...defaultClientSettings.grantTypes]),
  redirectUris: z.array(uriSchema).max(50).default([]).describe('compared letter by letter'),
  postLogoutRedirectUris: z.array(uriSchema).max(50).default([]),
  backchannelLogoutUri: uriSchema.nullable().default(null).describe('told when a session ends'),
  permissions: z.array(z.enum(permissions)).default([]).describe('what it may ask for in scope'),
  logoUri: uriSchema.nullable().default(null),
  homeUri: uriSchema.nullable().default(null),
});

const clientSchema = z.object({
  id: z.string().describe('the client_id'),
  origin: z.enum(['built-in', 'declared', 'administered']).describe('only administered ones change through the API'),
  ...clientSettingsSchema.shape,
  version: z.int(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
});

const withoutDefaults = Object.fromEntries(
  Object.entries(clientSettingsSchema.shape).map(([name, schema]) => [
    name,
    (schema instanceof z.ZodDefault ? schema.unwrap() : schema).optional(),
  ]),
) as unknown as {
  [Name in keyof typeof clientSettingsSchema.shape]: z.ZodOptional<
    z.ZodType<z.output<(typeof clientSettingsSchema.shape)[Name]>>
  >;
};

export const listClients = defineOperation({
  id: 'listClients',
  method: 'GET',
  path: '/clients',
  summary: 'List the applications that sign people in through the platform',
  permission: 'client:read',
  tenant: false,
  query: pageQuerySchema,
  response: pageSchema(clientSchema),
});

export const getClient = defineOperation({
  id: 'getClient',
  method: 'GET',
  path: '/clients/:clientId',
  summary: 'Get a client',
  permission: 'client:read',
  tenant: false,
  params: idParameter,
  response: clientSchema,
  etag: 'returned',
});

export const createClient = defineOperation({
  id: 'createClient',
  method: 'POST',
  path: '/clients',
  summary: 'Register a client; the secret of a confidential one is in this answer and never shown again',
  // Replaying the answer would mean storing the secret. Who loses it gives the client another one.
  description: 'Takes no Idempotency-Key: the answer holds a secret, which is not stored.',
  permission: 'client:write',
  sensitive: true,
  tenant: false,
  body: clientSettingsSchema,
  response: clientSchema.extend({ secret: z.string().nullable() }),
  status: 201,
  etag: 'returned',
  errors: ['client.too_powerful'],
});

export const updateClient = defineOperation({
  id: 'updateClient',
  method: 'PATCH',
  path: '/clients/:clientId',
  summary: 'Change a client',
  permission: 'client:write',
  sensitive: true,
  tenant: false,
  params: idParameter,
  body: z.strictObject(withoutDefaults),
  response: clientSchema,
  etag: 'required',
  errors: ['request.version_mismatch', 'client.managed_elsewhere', 'client.too_powerful'],
});

export const rotateClientSecret = defineOperation({
  id: 'rotateClientSecret',
  method: 'POST',
  path: '/clients/:clientId/secret',
  summary: 'Give a client another secret, while the one before goes on for a while',
  description: 'Takes no Idempotency-Key: the answer holds a secret, which is not stored.',
  permission: 'client:write',
  sensitive: true,
  tenant: false,
  params: idParameter,
  body: z.strictObject({
    overlapSeconds: z
      .int()
      .min(0)
      .max(7 * 24 * 3600)
      .default(3600)
      .describe('for how long the secret before still counts'),
  }),
  response: z.object({ secret: z.string(), previousEndsAt: z.iso.datetime() }),
  status: 201,
  errors: ['client.managed_elsewhere', 'client.has_no_secret', 'client.too_powerful'],
});

export const deleteClient = defineOperation({
  id: 'deleteClient',
  method: 'DELETE',
  path: '/clients/:clientId',
  summary: 'Remove a client; everything that was issued to it ends',
  permission: 'client:write',
  sensitive: true,
  tenant: false,
  params: idParameter,
  response: z.undefined(),
  status: 204,
  errors: ['client.managed_elsewhere'],
});

export function toResponse(client: Client): z.output<typeof clientSchema> {
  return {
    ...client,
    grantTypes: [...client.grantTypes],
    redirectUris: [...client.redirectUris],
    postLogoutRedirectUris: [...client.postLogoutRedirectUris],
    permissions: [...client.permissions],
    createdAt: client.createdAt.toISOString(),
    updatedAt: client.updatedAt.toISOString(),
  };
}
