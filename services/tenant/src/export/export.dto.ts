import { idSchema } from '@plinth/contracts';
import { defineOperation, pageQuerySchema, pageSchema } from '@plinth/common';
import { z } from 'zod';
import { tenantParams } from '../tenant/tenant.dto.ts';
import type { TenantExport } from './export.ts';

const exportSchema = z.object({
  id: idSchema,
  tenantId: idSchema,
  requestedBy: z.string(),
  status: z.enum(['waiting', 'running', 'ready', 'failed']),
  sizeBytes: z.int().describe('of the compressed archive, so far'),
  rows: z.int(),
  createdAt: z.iso.datetime(),
  finishedAt: z.iso.datetime().nullable(),
  expiresAt: z.iso.datetime(),
});

const exportParams = tenantParams.extend({ exportId: idSchema });

export const requestTenantExport = defineOperation({
  id: 'requestTenantExport',
  method: 'POST',
  path: '/tenants/:tenantId/exports',
  summary: 'Have an archive made of everything that is held about a tenant',
  description: 'One at a time. Secrets such as hashes of keys are not in it.',
  permission: 'tenant:export',
  sensitive: true,
  tenant: false,
  params: tenantParams,
  response: exportSchema,
  status: 202,
  idempotent: true,
  errors: ['tenant.export_running'],
});

export const listTenantExports = defineOperation({
  id: 'listTenantExports',
  method: 'GET',
  path: '/tenants/:tenantId/exports',
  summary: 'List the exports of a tenant, the newest first',
  permission: 'tenant:export',
  tenant: false,
  params: tenantParams,
  query: pageQuerySchema,
  response: pageSchema(exportSchema),
});

export const getTenantExport = defineOperation({
  id: 'getTenantExport',
  method: 'GET',
  path: '/tenants/:tenantId/exports/:exportId',
  summary: 'Get how far an export is',
  permission: 'tenant:export',
  tenant: false,
  params: exportParams,
  response: exportSchema,
});

export const downloadTenantExport = defineOperation({
  id: 'downloadTenantExport',
  method: 'GET',
  path: '/tenants/:tenantId/exports/:exportId/archive',
  summary: 'Download an export',
  description: 'A tar.gz: JSON Lines files by service and table, and manifest.json with counts and hashes.',
  permission: 'tenant:export',
  sensitive: true,
  tenant: false,
  params: exportParams,
  response: z.string(),
  errors: ['tenant.export_not_ready'],
});

export function toResponse(made: TenantExport): z.output<typeof exportSchema> {
  return {
    ...made,
    createdAt: made.createdAt.toISOString(),
    finishedAt: made.finishedAt?.toISOString() ?? null,
    expiresAt: made.expiresAt.toISOString(),
  };
}
