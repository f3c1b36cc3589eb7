import { idSchema } from '@plinth/contracts';
import { defineOperation, pageQuerySchema, pageSchema } from '@plinth/common';
import { z } from 'zod';
import { plainText } from '../plain-text.ts';
import type { Organization } from './organization.ts';
import { createOrganizationExamples, updateOrganizationExamples } from './organization-examples.ts';

const organizationSchema = z.object({
  id: idSchema,
  tenantId: idSchema,
  name: z.string(),
  version: z.int(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
});

const organizationParams = z.strictObject({ organizationId: idSchema });

export const createOrganization = defineOperation({
  id: 'createOrganization',
  method: 'POST',
  path: '/organizations',
  summary: 'Create an organization with a tenant of its own; the caller becomes its administrator',
  permission: 'authenticated',
  tenant: false,
  body: z.strictObject({ name: plainText(200) }),
  response: organizationSchema,
  status: 201,
  idempotent: true,
  etag: 'returned',
  errors: ['caller.not_a_user'],
  examples: createOrganizationExamples,
});

export const listOrganizations = defineOperation({
  id: 'listOrganizations',
  method: 'GET',
  path: '/organizations',
  summary: 'List the organizations that the caller belongs to, in all tenants',
  permission: 'authenticated',
  tenant: false,
  query: pageQuerySchema,
  response: pageSchema(organizationSchema),
});

export const getOrganization = defineOperation({
  id: 'getOrganization',
  method: 'GET',
  path: '/organizations/:organizationId',
  summary: "Get the organization of the caller's tenant",
  permission: 'organization:read',
  scoped: true,
  params: organizationParams,
  response: organizationSchema,
  etag: 'returned',
});

export const updateOrganization = defineOperation({
  id: 'updateOrganization',
  method: 'PATCH',
  path: '/organizations/:organizationId',
  summary: 'Rename an organization',
  permission: 'organization:write',
  scoped: true,
  params: organizationParams,
  body: z.strictObject({ name: plainText(200).optional() }),
  response: organizationSchema,
  etag: 'required',
  errors: ['request.version_mismatch'],
  examples: updateOrganizationExamples,
});

export function toResponse(organization: Organization): z.output<typeof organizationSchema> {
  return {
    ...organization,
    createdAt: organization.createdAt.toISOString(),
    updatedAt: organization.updatedAt.toISOString(),
  };
}
