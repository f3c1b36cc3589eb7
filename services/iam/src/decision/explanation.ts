import { operatorPermissions, type TenantStatus } from '@plinth/contracts';
import type { ProtectedObject } from '@plinth/common';
import { toGrants, isBuiltInWhole, type RoleGrant } from '../membership/membership.ts';
import { builtInRole, isBuiltInRole } from '../role/role.ts';
import { decide, gives, type Decision, type KnownSubject, type SubjectState } from './decision.ts';
import { state, type Statement } from './explanation-text.ts';

/** One thing that access depends on, beside roles. */
export interface AccessCheck {
  readonly check: 'subject' | 'tenant' | 'second_factor' | 'object' | 'role' | 'scopes';
  readonly outcome: 'passed' | 'failed' | 'depends';
  readonly message: Statement;
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
  /** What would have to be done; empty when it is allowed. */
  readonly remedies: readonly Statement[];
}

/** Everything that is known of one question. */
export interface ExplanationFacts {
  readonly subject: SubjectState;
  readonly permission: string;
  /** Undefined: there is no such object. */
  readonly object: ProtectedObject | undefined;
  readonly permissionExists: boolean;
  readonly tenantStatus: TenantStatus | 'unknown';
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
    ...(known === undefined || object === undefined ? [] : [roleCheck(assignments, permission)]),
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
  if ('refusal' in subject) return { check: 'subject', outcome: 'failed', message: state(subject.refusal) };
  return { check: 'subject', outcome: 'passed', message: state('subject_known') };
}

function tenantCheck(status: ExplanationFacts['tenantStatus'], active: boolean): AccessCheck {
  const message = active && status !== 'active' ? state('tenant_operator') : state(`tenant_${status}`);
  return { check: 'tenant', outcome: active ? 'passed' : 'failed', message };
}

/** A session decides this at each sign-in: it is no property of the subject. */
function secondFactorCheck({ principal, grants }: KnownSubject): AccessCheck {
  const required = grants.some(({ tenantId, secondFactorRequired }) => tenantId !== null && secondFactorRequired);
  if (!required || principal.kind !== 'user')
    return { check: 'second_factor', outcome: 'passed', message: state('second_factor_not_asked') };
  return { check: 'second_factor', outcome: 'depends', message: state('second_factor_asked') };
}

function objectCheck(object: ProtectedObject | undefined): AccessCheck {
  return object === undefined
    ? { check: 'object', outcome: 'failed', message: state('object_unknown') }
    : { check: 'object', outcome: 'passed', message: state('object_known') };
}

function roleCheck(assignments: readonly ExplainedAssignment[], permission: string): AccessCheck {
  const giving = assignments.filter((assignment) => assignment.gives);
  if (giving.length > 0) {
    const roles = giving.map(({ role }) => role).join(', ');
    return { check: 'role', outcome: 'passed', message: state('role_gives', { roles }) };
  }
  const count = String(assignments.length);
  return { check: 'role', outcome: 'failed', message: state('role_none', { count, permission }) };
}

function scopeCheck({ reason }: Decision, { principal }: KnownSubject, permission: string): AccessCheck {
  if (reason.code !== 'scope_missing') return { check: 'scopes', outcome: 'passed', message: state('scopes_fit') };
  const scopes = principal.scopes?.join(', ') ?? '';
  const message =
    scopes === '' ? state('scopes_empty', { permission }) : state('scopes_narrow', { permission, scopes });
  return { check: 'scopes', outcome: 'failed', message };
}

function remediesOf(
  { permission, permissionExists }: ExplanationFacts,
  checks: readonly AccessCheck[],
  assignments: readonly ExplainedAssignment[],
): Statement[] {
  const failed = new Set(checks.filter(({ outcome }) => outcome === 'failed').map(({ check }) => check));
  return [
    ...(permissionExists ? [] : [state('add_permission', { permission })]),
    ...(failed.has('subject') ? [state('add_subject')] : []),
    ...(failed.has('tenant') ? [state('activate_tenant')] : []),
    ...(failed.has('object') ? [state('name_place')] : []),
    ...(failed.has('scopes') ? [state('make_key', { permission })] : []),
    ...(failed.has('role') ? roleRemedies(permission, assignments) : []),
  ];
}

function roleRemedies(permission: string, assignments: readonly ExplainedAssignment[]): Statement[] {
  if ((operatorPermissions as ReadonlySet<string>).has(permission)) return [state('operator_only', { permission })];
  const elsewhere = assignments.filter(({ why }) => why === 'holds_elsewhere');
  const unmet = assignments.filter(({ why }) => why === 'conditions_not_met');
  const roles = ['org_member', 'org_admin'].filter(
    (role) => isBuiltInRole(role) && builtInRole(role).permissions.includes(permission),
  );
  return [
    ...elsewhere.map(({ role }) => state('give_here', { role })),
    ...unmet.map(({ role }) => state('meet_conditions', { role, permission })),
    roles.length === 0
      ? state('give_role', { permission })
      : state('give_role_such_as', { permission, roles: roles.join(', ') }),
  ];
}
