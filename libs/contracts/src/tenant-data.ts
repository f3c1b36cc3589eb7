import { z } from 'zod';
import { idSchema } from './ids.ts';

const countsSchema = z.record(z.string(), z.int().min(0)).describe('rows by table');

/** Rows that outlive their tenant, and why. */
export const keptRowsSchema = z.object({
  table: z.string(),
  rows: z.int().min(0),
  reason: z.string(),
});

export type KeptRows = z.infer<typeof keptRowsSchema>;

/**
 * What every service that holds rows of tenants answers: pages of all of them, their deletion in batches, and how
 * many there are. Every call may be repeated; a deletion that broke off goes on where it was.
 */
export const tenantDataProcedures = {
  /** The next rows after `cursor`; at most about two thousand at a time. Secrets are left out. */
  exportTenantData: {
    input: z.object({ tenantId: idSchema, cursor: z.string().optional() }),
    output: z.object({
      kind: z.string().nullable().describe('the table that the rows are of; null when there is nothing left'),
      rows: z.array(z.string()).describe('each a JSON object'),
      nextCursor: z.string().nullable(),
    }),
  },
  /** Deletes some rows. `done` says that nothing is left but what is kept. */
  deleteTenantData: {
    input: z.object({ tenantId: idSchema }),
    output: z.object({ deleted: countsSchema, done: z.boolean() }),
  },
  /** Counts what is there: what a deletion would still delete, and what it keeps. Large tables take several calls. */
  countTenantData: {
    input: z.object({ tenantId: idSchema, cursor: z.string().optional() }),
    output: z.object({
      remaining: countsSchema,
      kept: z.array(keptRowsSchema),
      facts: z.record(z.string(), z.string()).optional().describe('what the service notes of the tenant for good'),
      nextCursor: z.string().optional().describe('the rest comes with it; the numbers add up'),
    }),
  },
} as const;

/** The deletion of one tenant as it is signed: what was deleted where, what is kept, and that nothing else is left. */
export const deletionCertificateSchema = z.strictObject({
  certificate: z.literal('plinth.tenant-deletion/1'),
  id: idSchema,
  tenantId: idSchema,
  organizationId: idSchema,
  requestedBy: z.string(),
  requestedAt: z.iso.datetime(),
  startedAt: z.iso.datetime(),
  completedAt: z.iso.datetime(),
  services: z.array(
    z.strictObject({
      service: z.string(),
      deleted: countsSchema,
      remaining: countsSchema.describe('counted after the deletion; every number is 0'),
      kept: z.array(keptRowsSchema),
      facts: z.record(z.string(), z.string()),
    }),
  ),
  platform: z.string().describe('URL of the platform'),
});

export type DeletionCertificate = z.infer<typeof deletionCertificateSchema>;
