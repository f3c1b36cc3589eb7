import { z } from 'zod';
import { renderTable } from '../../cli/table.ts';

/** The platform's answer, as far as it is shown. */
export const explanationSchema = z.object({
  allowed: z.boolean(),
  permission: z.string(),
  reason: z.object({ code: z.string() }),
  checks: z.array(
    z.object({ check: z.string(), outcome: z.enum(['passed', 'failed', 'depends']), message: z.string() }),
  ),
  assignments: z.array(
    z.object({
      assignmentId: z.string().nullable(),
      role: z.string(),
      platform: z.boolean(),
      groupId: z.string().nullable(),
      scope: z.union([z.object({ organizationId: z.string() }), z.object({ divisionId: z.string() })]).nullable(),
      gives: z.boolean(),
      why: z.string(),
    }),
  ),
  remedies: z.array(z.string()),
});

export type Explanation = z.output<typeof explanationSchema>;

const marks = { passed: '✓', failed: '✗', depends: '?' } as const;
const reasons: Readonly<Record<string, string>> = {
  gives: 'gives it',
  has_not_the_permission: 'has not the permission',
  holds_elsewhere: 'has it, and holds elsewhere',
  conditions_not_met: 'has it, under conditions that are not met',
};

/** The answer for people. */
export function renderExplanation(who: string, explanation: Explanation): string {
  const { allowed, permission, checks, assignments, remedies } = explanation;
  return [
    `${who} ${allowed ? 'may' : 'may not'}: ${permission}`,
    '',
    ...checks.map(({ outcome, message }) => `${marks[outcome]} ${message}`),
    ...(assignments.length === 0 ? [] : ['', renderTable(['ROLE', 'WHERE', 'BY', 'RESULT'], assignments.map(toRow))]),
    ...(remedies.length === 0 ? [] : ['', 'What would help:', ...remedies.map((remedy) => `- ${remedy}`)]),
  ].join('\n');
}

function toRow({ role, platform, scope, groupId, why }: Explanation['assignments'][number]): string[] {
  return [
    role,
    platform ? 'platform' : whereOf(scope),
    groupId === null ? 'directly' : `group ${groupId}`,
    reasons[why] ?? why,
  ];
}

function whereOf(scope: Explanation['assignments'][number]['scope']): string {
  if (scope === null) return 'tenant';
  return 'divisionId' in scope ? `division ${scope.divisionId}` : `organization ${scope.organizationId}`;
}
