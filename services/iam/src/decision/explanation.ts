import type { ProtectedObject } from '@plinth/common';
import { toGrants, isBuiltInWhole, type RoleGrant } from '../membership/membership.ts';
import { builtInRole, isBuiltInRole } from '../role/role.ts';
import { decide, gives, type Decision, type KnownSubject, type SubjectState } from './decision.ts';

/** One thing that access depends on, beside roles. */
export interface AccessCheck {
  readonly check: 'subject' | 'tenant' | 'second_factor' | 'object' | 'role' | 'scopes';
  readonly outcome: 'passed' | 'failed' | 'depends';
  readonly message: string;
}

/** One role of the subject, and what it does for the question. */
export interface ExplainedAssignment {
  readonly assignmentId: string | null;
  readonly role: string;
  /** Whether it holds on the whole platform instead of in this tenant. */
  readonly platform: boolean;
  readonly groupId: string | null;
  readonly scope: { readonly organizationId: string } | { readonly divisionId: string } | null;
  readonly gives: boolean;
  readonly why: 'gives' | 'has_not_the_permission' | 'holds_elsewhere' | 'conditions_not_met';
}

export interface Explanation {
  readonly allowed: boolean;
  readonly reason: Decision['reason'];
  readonly checks: readonly AccessCheck[];
  readonly assignments: readonly ExplainedAssignment[];
  /** What would have to be done, in sentences; empty when it is allowed. */
  readonly remedies: readonly string[];
}

/** Everything that is known of one question. */
export interface ExplanationFacts {
  readonly subject: SubjectState;
  readonly permission: string;
  /** Undefined: there is no such object. */
  readonly object: ProtectedObject | undefined;
  readonly permissionExists: boolean;
  readonly tenantStatus: string;
}

/** Says why somebody may or may not do something, role by role. */
export function explain(facts: ExplanationFacts): Explanation {
  const { subject, permission, object, tenantStatus } = facts;
  const decision = decide(subject, permission, object);
  const known = 'refusal' in subject ? undefined : subject;
  const assignments =
    known === undefined || object === undefined
      ? []
      : known.grants.map((grant) => explainAssignment(known, grant, permission, object));
  const active = tenantStatus === 'active' || isPlatformAdministrator(known);
  const checks = [
    subjectCheck(subject),
    tenantCheck(tenantStatus, active),
    ...(known === undefined ? [] : [secondFactorCheck(known)]),
    objectCheck(object),
    ...(known === undefined ? [] : [roleCheck(assignments, permission)]),
    ...(known?.principal.kind === 'api-key' ? [scopeCheck(decision, known, permission)] : []),
  ];
  const allowed = decision.allowed && active;
  return {
    allowed,
    reason: decision.reason,
    checks,
    assignments,
    remedies: allowed ? [] : remediesOf(facts, checks, assignments),
  };
}

function explainAssignment(
  { principal, properties }: KnownSubject,
  grant: RoleGrant,
  permission: string,
  object: ProtectedObject,
): ExplainedAssignment {
  const seen = { ...object, subject: { ...properties, ...object.subject } };
  const givesIt = gives(principal, grant, permission, seen);
  return {
    assignmentId: grant.assignmentId ?? null,
    role: grant.role,
    platform: grant.tenantId === null,
    groupId: grant.groupId ?? null,
    scope: scopeOf(grant),
    gives: givesIt,
    why: givesIt ? 'gives' : whyNot(grant, permission),
  };
}

function whyNot(grant: RoleGrant, permission: string): ExplainedAssignment['why'] {
  const grants = toGrants(grant).filter(({ permissions }) => permissions.includes(permission));
  if (isBuiltInWhole(grant) || grants.length === 0) return 'has_not_the_permission';
  // A role with the permission and without conditions fails by its place alone.
  return grants.some(({ conditions }) => conditions === undefined) ? 'holds_elsewhere' : 'conditions_not_met';
}

function scopeOf({ scopeOrganizationId, scopeDivisionId }: RoleGrant): ExplainedAssignment['scope'] {
  if (scopeOrganizationId) return { organizationId: scopeOrganizationId };
  return scopeDivisionId ? { divisionId: scopeDivisionId } : null;
}

function isPlatformAdministrator(subject: KnownSubject | undefined): boolean {
  return subject?.principal.roles.includes('platform_admin') ?? false;
}

function subjectCheck(subject: SubjectState): AccessCheck {
  if (!('refusal' in subject))
    return { check: 'subject', outcome: 'passed', message: 'The subject belongs to the tenant.' };
  const message =
    subject.refusal === 'subject_disabled'
      ? 'The user, or the creator of the key, is disabled.'
      : 'The tenant has no such subject: no role here, and no live key.';
  return { check: 'subject', outcome: 'failed', message };
}

function tenantCheck(status: string, active: boolean): AccessCheck {
  const message = `The tenant is ${status}${active && status !== 'active' ? ', which does not stop a platform administrator' : ''}.`;
  return { check: 'tenant', outcome: active ? 'passed' : 'failed', message };
}

/** A session decides this at each sign-in: it is no property of the subject. */
function secondFactorCheck({ principal, grants }: KnownSubject): AccessCheck {
  const required = grants.some(({ tenantId, secondFactorRequired }) => tenantId !== null && secondFactorRequired);
  if (!required || principal.kind !== 'user')
    return { check: 'second_factor', outcome: 'passed', message: 'No second factor is asked for.' };
  return {
    check: 'second_factor',
    outcome: 'depends',
    message: 'The tenant asks for a second factor: a sign-in without one may do nothing here.',
  };
}

function objectCheck(object: ProtectedObject | undefined): AccessCheck {
  return object === undefined
    ? { check: 'object', outcome: 'failed', message: 'The tenant has no such organization or division.' }
    : { check: 'object', outcome: 'passed', message: 'The object lies in the tenant.' };
}

function roleCheck(assignments: readonly ExplainedAssignment[], permission: string): AccessCheck {
  const giving = assignments.filter((assignment) => assignment.gives);
  if (giving.length > 0)
    return { check: 'role', outcome: 'passed', message: `Given by ${giving.map(({ role }) => role).join(', ')}.` };
  return {
    check: 'role',
    outcome: 'failed',
    message: `None of ${assignments.length} assignments gives ${permission} here.`,
  };
}

function scopeCheck({ reason }: Decision, { principal }: KnownSubject, permission: string): AccessCheck {
  const narrowed = reason.code === 'scope_missing';
  return {
    check: 'scopes',
    outcome: narrowed ? 'failed' : 'passed',
    message: narrowed
      ? `The key has not the scope ${permission}; it has ${principal.scopes?.join(', ') || 'none that its creator may use'}.`
      : 'The scopes of the key are not what stops it.',
  };
}

function remediesOf(
  { permission, permissionExists }: ExplanationFacts,
  checks: readonly AccessCheck[],
  assignments: readonly ExplainedAssignment[],
): string[] {
  const failed = new Set(checks.filter(({ outcome }) => outcome === 'failed').map(({ check }) => check));
  const elsewhere = assignments.filter(({ why }) => why === 'holds_elsewhere').map(({ role }) => role);
  const unmet = assignments.filter(({ why }) => why === 'conditions_not_met').map(({ role }) => role);
  const builtIn = ['org_member', 'org_admin'].filter(
    (role) => isBuiltInRole(role) && builtInRole(role).permissions.includes(permission),
  );
  return [
    ...(permissionExists
      ? []
      : [`There is no permission ${permission}: correct its name, or add it with POST /permissions.`]),
    ...(failed.has('subject') ? ['Give the subject a role in this tenant, or enable the user.'] : []),
    ...(failed.has('tenant') ? ['Activate the tenant again.'] : []),
    ...(failed.has('object') ? ['Name an organization or division of this tenant.'] : []),
    ...(failed.has('scopes') ? [`Make a key with the scope ${permission}.`] : []),
    ...(failed.has('role')
      ? [
          ...elsewhere.map((role) => `Give ${role} where the object lies, or in the whole tenant.`),
          ...unmet.map((role) => `Meet the conditions under which ${role} gives ${permission}.`),
          `Give a role with ${permission}${builtIn.length === 0 ? '' : `, for example ${builtIn.join(' or ')}`}.`,
        ]
      : []),
  ];
}
