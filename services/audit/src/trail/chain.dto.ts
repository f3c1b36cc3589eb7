import { defineOperation } from '@plinth/common';
import { z } from 'zod';
import { chainSchema } from './entry.dto.ts';

export const verificationResponseSchema = z.object({
  valid: z.boolean(),
  entries: z.int().describe('entries that were found right'),
  last: z.object({ sequence: z.string(), hash: z.string() }).describe('the last entry that was found right'),
  brokenAt: z.string().optional().describe('sequence at which the chain is broken'),
  reason: z
    .enum([
      'entry_changed',
      'entry_missing',
      'entry_out_of_order',
      'link_broken',
      'tail_missing',
      'head_wrong',
      'head_missing',
    ])
    .optional(),
});

export const verifyAuditTrail = defineOperation({
  id: 'verifyAuditTrail',
  method: 'GET',
  path: '/audit/verification',
  summary: 'Verify the hash chain of the audit trail from its first entry to its last',
  permission: 'audit:read',
  tenant: false,
  query: z.strictObject({ chain: chainSchema }),
  response: verificationResponseSchema,
});
