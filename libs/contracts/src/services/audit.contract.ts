import { z } from 'zod';
import { idSchema } from '../ids.ts';
import { defineContract } from '../service-contract.ts';
import { tenantDataProcedures } from '../tenant-data.ts';

/** What was done to an object, when and by whom. */
export const auditEntrySchema = z.object({
  id: idSchema,
  occurredAt: z.string().describe('ISO 8601 in UTC'),
  actor: z.object({ kind: z.string(), id: z.string() }),
  action: z.string(),
  resource: z.object({ type: z.string(), id: z.string() }),
  before: z.unknown().optional(),
  after: z.unknown().optional(),
});

export type AuditEntryRecord = z.infer<typeof auditEntrySchema>;

/** What other services may ask of the audit service. */
export const auditContract = defineContract('audit', {
  ...tenantDataProcedures,
  /** What was done to objects of one type, newest first. */
  listEntries: {
    input: z.object({
      tenantId: idSchema,
      resourceType: z.string(),
      resourceIds: z.array(z.string()).min(1).max(500),
      cursor: z.string().optional(),
      limit: z.int().min(1).max(200).default(50),
    }),
    output: z.object({ data: z.array(auditEntrySchema), nextCursor: z.string().nullable() }),
  },
});
