import { describe, expect, test } from 'vitest';
import { parseQuestion } from './explain-question.ts';
import { renderExplanation, type Explanation } from './render-explanation.ts';

const id = '01a1ff98-1d4d-7786-9bcb-9054fa60bdc8';

describe('the question on the command line', () => {
  test.each([
    ['ada@example.com', undefined, { subject: { type: 'user', id: 'ada@example.com' } }],
    [id, undefined, { subject: { type: 'user', id } }],
    [`api-key:${id}`, undefined, { subject: { type: 'api-key', id } }],
    [
      `service-account:${id}`,
      `organization:${id}`,
      { subject: { type: 'service-account', id }, object: { organizationId: id } },
    ],
    ['ada', `division:${id}`, { subject: { type: 'user', id: 'ada' }, object: { divisionId: id } }],
  ])('%s, on %s', (who, on, expected) => {
    expect(parseQuestion(who, 'plan:read', on)).toEqual({ ...expected, permission: 'plan:read' });
  });

  test.each([
    ['plan', undefined, '"plan" is not a permission.'],
    ['plan:read', 'division', '"division" is not a place.'],
    ['plan:read', 'division:x', '"division:x" is not a place.'],
    ['plan:read', `planet:${id}`, `"planet:${id}" is not a place.`],
  ])('%s on %s is none', (permission, on, message) => {
    expect(() => parseQuestion('ada', permission, on)).toThrow(message);
  });
});

test('shows each check, each role and what would help', () => {
  const explanation: Explanation = {
    allowed: false,
    permission: 'division:write',
    reason: { code: 'permission_missing' },
    checks: [
      { check: 'tenant', outcome: 'passed', message: 'The tenant is active.' },
      { check: 'second_factor', outcome: 'depends', message: 'A second factor is asked for.' },
      { check: 'role', outcome: 'failed', message: 'None of 2 assignments gives division:write here.' },
    ],
    assignments: [
      {
        assignmentId: 'a',
        role: 'manager',
        platform: false,
        groupId: null,
        scope: { divisionId: 'd' },
        gives: false,
        why: 'holds_elsewhere',
      },
      {
        assignmentId: 'b',
        role: 'org_member',
        platform: false,
        groupId: 'g',
        scope: null,
        gives: false,
        why: 'has_not_the_permission',
      },
    ],
    remedies: ['Give manager where the object lies, or in the whole tenant.'],
  };
  expect(renderExplanation('ada@example.com', explanation)).toBe(
    [
      'ada@example.com may not: division:write',
      '',
      '✓ The tenant is active.',
      '? A second factor is asked for.',
      '✗ None of 2 assignments gives division:write here.',
      '',
      'ROLE        WHERE       BY        RESULT',
      'manager     division d  directly  has it, and holds elsewhere',
      'org_member  tenant      group g   has not the permission',
      '',
      'What would help:',
      '- Give manager where the object lies, or in the whole tenant.',
    ].join('\n'),
  );
});
