import { idSchema } from '@plinth/contracts';
import { defineOperation } from '@plinth/common';
import { z } from 'zod';
import { fillIn } from '../page/texts.ts';
import { askedPermissionSchema, objectSchema } from '../permission/permission.dto.ts';
import type { Explanation } from './explanation.ts';
import { explanationTexts, type Statement } from './explanation-text.ts';

const subjectBody = z.strictObject({
  type: z.enum(['user', 'service-account', 'api-key']).default('user'),
  id: z.string().min(1).max(500).describe('id; of a user also the email address, or the name that was registered'),
});

const scopeSchema = z.union([z.object({ organizationId: idSchema }), z.object({ divisionId: idSchema })]).nullable();

const explanationSchema = z.object({
  allowed: z.boolean(),
  permission: z.string(),
  reason: z.object({ code: z.string(), role: z.string().optional(), assignmentId: idSchema.optional() }),
  checks: z.array(
    z.object({
      check: z.enum(['subject', 'tenant', 'second_factor', 'object', 'role', 'scopes']),
      outcome: z.enum(['passed', 'failed', 'depends']),
      message: z.string(),
    }),
  ),
  assignments: z.array(
    z.object({
      assignmentId: idSchema.nullable(),
      role: z.string(),
      platform: z.boolean().describe('holds on the whole platform'),
      groupId: idSchema.nullable().describe('had as a member of this group'),
      scope: scopeSchema.describe('null: the whole tenant'),
      gives: z.boolean(),
      why: z.enum(['gives', 'has_not_the_permission', 'holds_elsewhere', 'conditions_not_met']),
    }),
  ),
  remedies: z.array(z.string()).describe('what would have to be done'),
});

export const explainPermission = defineOperation({
  id: 'explainPermission',
  method: 'POST',
  path: '/permissions/explain',
  summary: 'Explain why somebody may or may not do something, and what would have to be granted',
  permission: 'policy:read',
  body: z.strictObject({
    subject: subjectBody,
    permission: askedPermissionSchema,
    object: objectSchema
      .extend({ id: z.string().min(1).max(500).optional() })
      .optional()
      .describe('absent: in the whole tenant'),
  }),
  response: explanationSchema,
});

export function toResponse(explanation: Explanation, permission: string): z.output<typeof explanationSchema> {
  const { allowed, reason, checks, assignments, remedies } = explanation;
  return {
    allowed,
    permission,
    reason,
    checks: checks.map((check) => ({ ...check, message: toSentence(check.message) })),
    assignments: assignments.map((assignment) => ({ ...assignment })),
    remedies: remedies.map(toSentence),
  };
}

function toSentence({ text, values }: Statement): string {
  return fillIn(explanationTexts[text], values);
}
