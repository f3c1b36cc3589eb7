import { currencySchema, idSchema } from '@plinth/contracts';
import { defineOperation } from '@plinth/common';
import { z } from 'zod';
import { planVersionSchema } from './subscription.dto.ts';
import { migrateVersionsExamples, previewVersionMigrationExamples } from './subscription-examples.ts';

const migrationSchema = z.strictObject({
  planId: idSchema.describe('of a plan or an add-on'),
  toVersion: planVersionSchema.optional().describe('the newest published one when absent'),
  fromVersions: z.array(planVersionSchema).min(1).max(100).optional().describe('all older ones when absent'),
  when: z
    .enum(['now', 'period_end', 'term_end'])
    .default('period_end')
    .describe('`term_end`: with the renewal; without a term each period is one'),
});

export const previewMigration = defineOperation({
  id: 'previewVersionMigration',
  method: 'POST',
  path: '/subscriptions/migrations/preview',
  summary: 'Count the subscriptions that a migration to another plan version would touch',
  permission: 'subscription:read',
  body: migrationSchema,
  response: z.object({
    toVersion: z.int(),
    subscriptions: z.int(),
    versions: z.array(z.object({ planVersion: z.int(), currency: currencySchema, subscriptions: z.int() })),
  }),
  errors: ['resource.not_found'],
  examples: previewVersionMigrationExamples,
});

export const migrateVersions = defineOperation({
  id: 'migrateVersions',
  method: 'POST',
  path: '/subscriptions/migrations',
  summary: 'Move all subscriptions of a plan to another version of it',
  description:
    'At the end of the running period unless asked otherwise. Subscriptions that are canceled or do not renew stay. Repeating it changes nothing, and goes on where it broke off.',
  permission: 'subscription:write',
  sensitive: true,
  body: migrationSchema,
  response: z.object({
    toVersion: z.int(),
    migrated: z.int(),
    failed: z.int(),
    failures: z
      .array(z.object({ subscriptionId: idSchema, code: z.string(), detail: z.string() }))
      .describe('the first hundred of them'),
  }),
  errors: ['resource.not_found'],
  examples: migrateVersionsExamples,
});
