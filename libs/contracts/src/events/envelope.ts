import { z } from 'zod';
import { idSchema } from '../ids.ts';

/** CloudEvents 1.0 (JSON format) with the platform's extension attributes. */
export const eventEnvelopeSchema = z.object({
  specversion: z.literal('1.0'),
  id: idSchema,
  source: z.string().describe('/services/<name>'),
  type: z.string(),
  subject: z.string().describe('the key by which order is kept'),
  time: z.string(),
  datacontenttype: z.literal('application/json'),
  data: z.unknown(),
  tenant: idSchema.optional(),
  correlationid: z.string().optional(),
  causationid: z.string().optional(),
  traceparent: z.string().optional(),
});

export type EventEnvelope<Data = unknown> = Omit<z.infer<typeof eventEnvelopeSchema>, 'data'> & { data: Data };
