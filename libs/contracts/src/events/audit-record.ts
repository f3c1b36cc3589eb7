import { z } from 'zod';

/** What a service records of each write: who did what to which object, from where, before and after. */
export const auditRecordSchema = z.object({
  action: z.string().describe('resource.verb, for example "plan.created"'),
  resourceType: z.string(),
  resourceId: z.string(),
  actor: z.object({
    kind: z.enum(['user', 'service-account', 'api-key', 'service', 'anonymous']),
    id: z.string(),
    email: z.string().optional(),
  }),
  context: z
    .object({
      requestId: z.string().optional(),
      ip: z.string().optional(),
      userAgent: z.string().optional(),
      sessionId: z.string().optional(),
      impersonatorId: z.string().optional().describe('the person of the support staff who acted as the actor'),
    })
    .optional(),
  service: z.string(),
  occurredAt: z.string(),
  before: z.unknown().optional(),
  after: z.unknown().optional(),
});

export type AuditRecord = z.infer<typeof auditRecordSchema>;
