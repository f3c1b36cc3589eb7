import { idSchema } from '@plinth/contracts';
import { defineOperation, pageQuerySchema, pageSchema } from '@plinth/common';
import { z } from 'zod';
import type { Entry } from './entry.ts';

export const chainSchema = z
  .enum(['tenant', 'platform'])
  .default('tenant')
  .describe("the own tenant's chain, or the platform's for its operator");
const textSchema = z.string().min(1).max(300);
const timeSchema = z.iso.datetime({ offset: true });
const period = {
  from: timeSchema.optional().describe('first moment, included'),
  to: timeSchema.optional().describe('last moment, not included'),
};

export const entryResponseSchema = z.object({
  id: idSchema,
  sequence: z.string().describe('place in the chain: from 1 without gaps'),
  occurredAt: z.iso.datetime({ precision: 6 }),
  actor: z.object({ kind: z.string(), id: z.string(), email: z.string().optional() }),
  action: z.string(),
  resource: z.object({ type: z.string(), id: z.string() }),
  service: z.string(),
  context: z.unknown().optional(),
  before: z.unknown().optional(),
  after: z.unknown().optional(),
  previousHash: z.string().describe('SHA-256, hexadecimal; zeros before the first entry'),
  hash: z.string(),
});

export const listAuditEntries = defineOperation({
  id: 'listAuditEntries',
  method: 'GET',
  path: '/audit',
  summary: 'List audit entries, newest first',
  permission: 'audit:read',
  tenant: false,
  query: pageQuerySchema.extend({
    chain: chainSchema,
    action: textSchema.optional(),
    resourceType: textSchema.optional(),
    resourceId: textSchema.optional(),
    actorId: textSchema.optional(),
    ...period,
  }),
  response: pageSchema(entryResponseSchema),
});

export const getAuditEntry = defineOperation({
  id: 'getAuditEntry',
  method: 'GET',
  path: '/audit/:entryId',
  summary: 'Get an audit entry',
  permission: 'audit:read',
  tenant: false,
  params: z.strictObject({ entryId: idSchema }),
  query: z.strictObject({ chain: chainSchema }),
  response: entryResponseSchema,
});

export const exportAuditTrail = defineOperation({
  id: 'exportAuditTrail',
  method: 'GET',
  path: '/logs',
  summary: 'Export the audit trail, oldest first',
  description: 'JSON Lines (application/jsonl), each line with all that its hash is made of, or CSV (text/csv).',
  permission: 'audit:read',
  sensitive: true,
  tenant: false,
  query: z.strictObject({ chain: chainSchema, format: z.enum(['jsonl', 'csv']).default('jsonl'), ...period }),
  response: z.string(),
});

export function toResponse(entry: Entry): z.output<typeof entryResponseSchema> {
  return {
    id: entry.eventId,
    sequence: entry.sequence,
    occurredAt: entry.occurredAt,
    actor: {
      kind: entry.actorKind,
      id: entry.actorId,
      ...(entry.actorEmail === null ? {} : { email: entry.actorEmail }),
    },
    action: entry.action,
    resource: { type: entry.resourceType, id: entry.resourceId },
    service: entry.service,
    ...parseMember('context', entry.context),
    ...parseMember('before', entry.before),
    ...parseMember('after', entry.after),
    previousHash: entry.previousHash,
    hash: entry.hash,
  };
}

function parseMember(name: string, json: string | null): Record<string, unknown> {
  return json === null ? {} : { [name]: JSON.parse(json) as unknown };
}
