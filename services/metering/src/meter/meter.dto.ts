import { idSchema } from '@plinth/contracts';
import { defineOperation, InvalidInputError, pageQuerySchema, pageSchema } from '@plinth/common';
import { z } from 'zod';
import type { Meter, MeterDefinition, MeterRevision } from './meter.ts';
import { createMeterExamples, updateMeterExamples } from './meter-examples.ts';

const aggregationSchema = z.enum(['count', 'sum', 'max', 'min', 'last', 'unique_count', 'weighted_sum', 'percentile']);
const nameSchema = z.string().trim().min(1).max(200);
const propertySchema = z
  .string()
  .regex(/^[A-Za-z_][A-Za-z0-9_]{0,99}$/, "must be the name of a property of the event's data");
const unitSchema = z.string().max(50);
const filterSchema = z
  .strictObject({
    property: propertySchema,
    operator: z.enum(['equals', 'not_equals', 'in']),
    values: z.array(z.string().max(255)).min(1).max(100),
  })
  .refine((filter) => filter.operator === 'in' || filter.values.length === 1, {
    path: ['values'],
    message: 'must be one value unless the operator is in',
  });

const definition = {
  aggregation: aggregationSchema.describe(
    'weighted_sum: each value times the hours until the next one, in unit-hours; percentile: by nearest rank',
  ),
  valueProperty: propertySchema.nullable(),
  percentile: z
    .string()
    .regex(/^\d{1,3}(\.\d{1,6})?$/, 'must be a decimal such as "95" or "99.9"')
    .refine((value) => Number(value) > 0 && Number(value) <= 100, 'must be above 0 and at most 100')
    .nullable(),
  filters: z.array(filterSchema).max(20).describe('conditions on the data, compared as text; all must hold'),
  dimensions: z
    .array(propertySchema.refine((name) => name !== 'accountId', 'must not be accountId, by which every meter groups'))
    .max(5)
    .refine((names) => new Set(names).size === names.length, 'must differ from one another')
    .describe("properties of the event's data by which usage can be grouped"),
};

const meterResponseSchema = z.object({
  id: idSchema,
  key: z.string(),
  name: z.string(),
  eventType: z.string(),
  ...definition,
  unit: z.string().nullable(),
  archived: z.boolean(),
  version: z.int(),
  revision: z.int().describe('number of the definition by which the meter answers'),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
});

const buildingSchema = z.object({
  revision: z.int(),
  ...definition,
  countedEvents: z.int().describe('stored events that are counted so far'),
  skippedEvents: z.int().describe('stored events without a value that can be counted'),
  startedAt: z.iso.datetime(),
});

const meterParams = z.strictObject({ meterId: idSchema });

export const createMeter = defineOperation({
  id: 'createMeter',
  method: 'POST',
  path: '/metering/meters',
  summary: 'Create a meter',
  permission: 'meter:write',
  body: z.strictObject({
    key: z.string().regex(/^[a-z0-9][a-z0-9._-]{0,99}$/, 'must be lower-case letters, digits, ".", "_" or "-"'),
    name: nameSchema,
    eventType: z
      .string()
      .min(1)
      .max(200)
      .regex(/^[\x21-\x7e]+$/, 'must be visible ASCII characters'),
    aggregation: definition.aggregation,
    valueProperty: propertySchema.optional(),
    percentile: definition.percentile.optional(),
    filters: definition.filters.default([]),
    dimensions: definition.dimensions.default([]),
    unit: unitSchema.optional(),
    backfill: z.boolean().default(false).describe('also count the events that are stored already'),
  }),
  response: meterResponseSchema,
  status: 201,
  idempotent: true,
  etag: 'returned',
  errors: ['resource.already_exists'],
  examples: createMeterExamples,
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
  summary: 'Get a meter, and how far a change of what it counts has come',
  permission: 'meter:read',
  params: meterParams,
  response: meterResponseSchema.extend({ building: buildingSchema.nullable() }),
  etag: 'returned',
});

export const updateMeter = defineOperation({
  id: 'updateMeter',
  method: 'PATCH',
  path: '/metering/meters/:meterId',
  summary: 'Change a meter, or archive it; an archived one counts no further events',
  description:
    'A change of aggregation, value, percentile, filters or dimensions is made of the stored events first. Until that is complete, the meter answers as before.',
  permission: 'meter:write',
  params: meterParams,
  body: z
    .strictObject({ ...definition, name: nameSchema, archived: z.boolean(), unit: unitSchema.nullable() })
    .partial(),
  response: meterResponseSchema,
  etag: 'required',
  errors: ['request.version_mismatch'],
  examples: updateMeterExamples,
});

export type NewMeter = z.output<typeof createMeter.body>;
export type MeterChange = z.output<typeof updateMeter.body>;

/** A definition whose parts fit one another. Throws `InvalidInputError`. */
export function checkDefinition(
  input: Pick<MeterDefinition, 'aggregation' | 'filters' | 'dimensions'> & {
    readonly valueProperty?: string | null | undefined;
    readonly percentile?: string | null | undefined;
  },
): MeterDefinition {
  const { aggregation, filters, dimensions, valueProperty = null, percentile = null } = input;
  const faults = [];
  if ((aggregation === 'count') !== (valueProperty === null))
    faults.push({
      path: '/valueProperty',
      message: 'is required unless the aggregation is count, and not allowed then',
    });
  if ((aggregation === 'percentile') !== (percentile !== null))
    faults.push({ path: '/percentile', message: 'is required when the aggregation is percentile, and only then' });
  if (faults.length > 0) throw new InvalidInputError(faults);
  return { aggregation, valueProperty, percentile, filters, dimensions };
}

export function toResponse(meter: Meter): z.output<typeof meterResponseSchema> {
  const { revisionId: _, filters, dimensions, ...rest } = meter;
  return {
    ...rest,
    filters: toFilters(filters),
    dimensions: [...dimensions],
    createdAt: meter.createdAt.toISOString(),
    updatedAt: meter.updatedAt.toISOString(),
  };
}

export function toBuilding(revision: MeterRevision): z.output<typeof buildingSchema> {
  const { number, aggregation, valueProperty, percentile, filters, dimensions, createdAt } = revision;
  return {
    revision: number,
    aggregation,
    valueProperty,
    percentile,
    filters: toFilters(filters),
    dimensions: [...dimensions],
    countedEvents: revision.countedEvents,
    skippedEvents: revision.skippedEvents,
    startedAt: createdAt.toISOString(),
  };
}

function toFilters(filters: MeterDefinition['filters']): z.output<typeof filterSchema>[] {
  return filters.map((filter) => ({ ...filter, values: [...filter.values] }));
}
