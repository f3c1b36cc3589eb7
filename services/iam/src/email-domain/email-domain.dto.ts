import { idSchema } from '@plinth/contracts';
import { defineOperation, pageQuerySchema, pageSchema } from '@plinth/common';
import { z } from 'zod';
import { proofRecord, type EmailDomain } from './email-domain.ts';

const roleSchema = z
  .string()
  .min(1)
  .max(200)
  .nullable()
  .describe('the role with which people with a confirmed address of the domain join by themselves; null: they do not');

const domainSchema = z.object({
  id: idSchema,
  domain: z.string(),
  verifiedAt: z.iso.datetime().nullable(),
  autoJoinRole: roleSchema,
  record: z.object({ name: z.string(), value: z.string() }).describe('the TXT record that proves the domain'),
  version: z.int(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
});

const domainParams = z.strictObject({ domainId: idSchema });

export const addEmailDomain = defineOperation({
  id: 'addEmailDomain',
  method: 'POST',
  path: '/email-domains',
  summary: "Add a domain of email addresses as the organization's own",
  description: 'It counts once its TXT record was seen.',
  permission: 'invitation:write',
  sensitive: true,
  body: z.strictObject({ domain: z.string().min(1).max(253), autoJoinRole: roleSchema.default(null) }),
  response: domainSchema,
  status: 201,
  idempotent: true,
  etag: 'returned',
  errors: ['email_domain.public', 'resource.already_exists', 'role.too_powerful', 'tenant.limit_reached'],
});

export const listEmailDomains = defineOperation({
  id: 'listEmailDomains',
  method: 'GET',
  path: '/email-domains',
  summary: 'List the email domains of the tenant',
  permission: 'invitation:read',
  query: pageQuerySchema,
  response: pageSchema(domainSchema),
});

export const getEmailDomain = defineOperation({
  id: 'getEmailDomain',
  method: 'GET',
  path: '/email-domains/:domainId',
  summary: 'Get an email domain',
  permission: 'invitation:read',
  params: domainParams,
  response: domainSchema,
  etag: 'returned',
});

export const verifyEmailDomain = defineOperation({
  id: 'verifyEmailDomain',
  method: 'POST',
  path: '/email-domains/:domainId/verify',
  summary: 'Look for the TXT record that proves a domain',
  permission: 'invitation:write',
  sensitive: true,
  params: domainParams,
  response: domainSchema,
  etag: 'returned',
  errors: ['email_domain.not_proven', 'email_domain.taken'],
});

export const updateEmailDomain = defineOperation({
  id: 'updateEmailDomain',
  method: 'PATCH',
  path: '/email-domains/:domainId',
  summary: 'Say whether people of a domain join by themselves',
  permission: 'invitation:write',
  sensitive: true,
  params: domainParams,
  body: z.strictObject({ autoJoinRole: roleSchema }),
  response: domainSchema,
  etag: 'required',
  errors: ['request.version_mismatch', 'role.too_powerful'],
});

export const removeEmailDomain = defineOperation({
  id: 'removeEmailDomain',
  method: 'DELETE',
  path: '/email-domains/:domainId',
  summary: 'Remove an email domain; members stay',
  permission: 'invitation:write',
  sensitive: true,
  params: domainParams,
  response: z.undefined(),
  status: 204,
});

export function toResponse(domain: EmailDomain): z.output<typeof domainSchema> {
  return {
    id: domain.id,
    domain: domain.domain,
    verifiedAt: domain.verifiedAt?.toISOString() ?? null,
    autoJoinRole: domain.autoJoinRole,
    record: proofRecord(domain),
    version: domain.version,
    createdAt: domain.createdAt.toISOString(),
    updatedAt: domain.updatedAt.toISOString(),
  };
}
