import { idSchema } from '@plinth/contracts';
import { defineOperation } from '@plinth/common';
import { z } from 'zod';
import { tenantParams, tenantResponseSchema } from '../tenant/tenant.dto.ts';
import { closeTenantExamples } from './deletion-examples.ts';

export const closeTenant = defineOperation({
  id: 'closeTenant',
  method: 'POST',
  path: '/tenants/:tenantId/close',
  summary: 'Have a tenant deleted with everything in it when the grace period is over',
  description:
    'For the owner of the organization, and the operator. From here on the tenant answers nothing but this, its export and reopenTenant. Needs a sign-in of the last ten minutes, or the password.',
  permission: 'tenant:delete',
  sensitive: true,
  tenant: false,
  params: tenantParams,
  body: z.strictObject({
    name: z.string().max(200).describe('the name of the tenant, as a confirmation'),
    password: z.string().min(1).max(256).optional(),
  }),
  response: tenantResponseSchema,
  errors: [
    'auth.recent_proof_required',
    'authentication.throttled',
    'caller.not_a_user',
    'tenant.owner_required',
    'tenant.status_not_allowed',
  ],
  examples: closeTenantExamples,
});

export const reopenTenant = defineOperation({
  id: 'reopenTenant',
  method: 'POST',
  path: '/tenants/:tenantId/reopen',
  summary: 'Take back the request to delete a tenant',
  description: 'Until the grace period is over. For the owner of the organization, and the operator.',
  permission: 'tenant:delete',
  sensitive: true,
  tenant: false,
  params: tenantParams,
  response: tenantResponseSchema,
  errors: ['caller.not_a_user', 'tenant.deletion_started', 'tenant.owner_required', 'tenant.status_not_allowed'],
});

export const getDeletionCertificate = defineOperation({
  id: 'getDeletionCertificate',
  method: 'GET',
  path: '/tenants/:tenantId/certificate',
  summary: 'Get the signed certificate of a deletion',
  permission: 'tenant:suspend',
  tenant: false,
  params: tenantParams,
  response: z.object({
    id: idSchema,
    issuedAt: z.iso.datetime(),
    jws: z.string().describe('RFC 7515, compact; the public key is in its header, the certificate is its payload'),
  }),
});
