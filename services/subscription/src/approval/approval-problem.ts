import { idSchema } from '@plinth/contracts';
import { z } from 'zod';

/** What the problems of guarded operations say beside the standard members. */
export const approvalProblems = {
  403: z.looseObject({
    approvalRequestId: idSchema
      .optional()
      .describe('with approval.required: the request that waits, as at GET /disputes/approvals/:approvalId'),
  }),
} as const;
