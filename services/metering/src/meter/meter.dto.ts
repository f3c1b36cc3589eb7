import { idSchema } from '@plinth/contracts';
import { defineOperation, pageQuerySchema, pageSchema } from '@plinth/common';
import { z } from 'zod';
import type { Meter } from './meter.ts';

const aggregationSchema = z.enum(['count', 'sum', 'max', 'last', 'unique_count']);
const nameSchema = z.string().trim().min(1).max(200);

const meterResponseSchema = z.object({
  id: idSchema,
  key: z.string(),
  name: z.string(),
  eventType: z.string(),
  aggregation: aggregationSchema,
  valueProperty: z.string().nullable(),
  unit: z.string().nullable(),
  archived: z.boolean(),
  version: z.int(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
});

const meterParams = z.strictObject({ meterId: idSchema });

export const createMeter = defineOperation({
  id: 'createMeter',
  method: 'POST',
  path: '/metering/meters',
  summary: 'Create a meter',
  permission: 'meter:write',
  body: z
    .strictObject({
      key: z.string().regex(/^[a-z0-9][a-z0-9._-]{0,99}$/, 'must be lower-case letters, digits, ".", "_" or "-"'),
      name: nameSchema,
      eventType: z
        .string()
        .min(1)
        .max(200)
        .regex(/^[\x21-\x7e]+$/, 'must be visible ASCII characters'),
      aggregation: aggregationSchema,
      valueProperty: z
        .string()
        .regex(/^[A-Za-z_][A-Za-z0-9_]{0,99}$/, "must be the name of a property of the event's data")
        .optional(),
      unit: z.string().max(50).optional(),
    })
    .refine((meter) => (meter.aggregation === 'count') === (meter.valueProperty === undefined), {
      path: ['valueProperty'],
      message: 'is required unless the aggregation is count, and not allowed then',
    }),
  response: meterResponseSchema,
  status: 201,
  idempotent: true,
  etag: 'returned',
  errors: ['resource.already_exists'],
});

export const listMeters = defineOperation({
  id: 'listMeters',
  method: 'GET',
  path: '/metering/meters',
  summary: 'List meters',
  permission: 'meter:read',
  query: pageQuerySchema,
  response: pageSchema(meterResponseSchema),
});

export const getMeter = defineOperation({
  id: 'getMeter',
  method: 'GET',
  path: '/metering/meters/:meterId',
  summary: 'Get a meter',
  permission: 'meter:read',
  params: meterParams,
  response: meterResponseSchema,
  etag: 'returned',
});

export const updateMeter = defineOperation({
  id: 'updateMeter',
  method: 'PATCH',
  path: '/metering/meters/:meterId',
  summary: 'Rename or archive a meter; an archived one counts no further events',
  permission: 'meter:write',
  params: meterParams,
  body: z.strictObject({ name: nameSchema.optional(), archived: z.boolean().optional() }),
  response: meterResponseSchema,
  etag: 'required',
  errors: ['request.version_mismatch'],
});

export type NewMeter = z.output<typeof createMeter.body>;

export function toResponse(meter: Meter): z.output<typeof meterResponseSchema> {
  return { ...meter, createdAt: meter.createdAt.toISOString(), updatedAt: meter.updatedAt.toISOString() };
}
