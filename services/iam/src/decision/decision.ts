import type { Principal } from '@plinth/contracts';
import { can, type ProtectedObject } from '@plinth/common';
import { isBuiltInWhole, toGrants, type RoleGrant } from '../membership/membership.ts';

type Properties = Readonly<Record<string, unknown>>;

/** Who, what and on what: the words of AuthZEN 1.0. */
export interface Subject {
  readonly type: string;
  readonly id: string;
  readonly properties?: Properties | null | undefined;
}

export interface Action {
  readonly name: string;
  readonly properties?: Properties | null | undefined;
}

export interface Resource {
  readonly type: string;
  readonly id: string;
  readonly properties?: Properties | null | undefined;
}

export interface AccessQuestion {
  readonly subject: Subject;
  readonly action: Action;
  readonly resource: Resource;
}

/** Somebody whom a question is about, as far as the tenant knows them. */
export interface KnownSubject {
  readonly principal: Principal;
  /** What the principal was made of. */
  readonly grants: readonly RoleGrant[];
  readonly properties: Properties;
}

export type SubjectState = KnownSubject | { readonly refusal: 'subject_unknown' | 'subject_disabled' };

/** Why a question was answered as it was. */
export interface Reason {
  readonly code:
    | 'role'
    | 'permission_missing'
    | 'scope_missing'
    | 'subject_unknown'
    | 'subject_disabled'
    | 'resource_unknown'
    | 'request_incomplete';
  readonly role?: string;
  readonly assignmentId?: string;
  readonly groupId?: string;
  readonly organizationId?: string;
  readonly divisionId?: string;
}

export interface Decision {
  readonly allowed: boolean;
  readonly reason: Reason;
}

/** The permission that an action on a type of resources is. */
export function permissionOf(action: Pick<Action, 'name'>, resource: Pick<Resource, 'type'>): string {
  return `${resource.type}:${action.name}`;
}

/** Answers a question about somebody from what is known of them and of the object; `undefined`: there is no such object. */
export function decide(subject: SubjectState, permission: string, object: ProtectedObject | undefined): Decision {
  if ('refusal' in subject) return { allowed: false, reason: { code: subject.refusal } };
  if (object === undefined) return { allowed: false, reason: { code: 'resource_unknown' } };
  const { principal, grants } = subject;
  const seen = { ...object, subject: { ...subject.properties, ...object.subject } };
  const giving = grants.find((grant) => gives(principal, grant, permission, seen));
  if (can(principal, permission, seen)) return { allowed: true, reason: reasonOf(giving) };
  const narrowed = giving !== undefined && principal.scopes !== undefined;
  return { allowed: false, reason: { code: narrowed ? 'scope_missing' : 'permission_missing' } };
}

/** Whether one role alone lets its holder do this to the object, scopes of a key aside. */
export function gives(principal: Principal, grant: RoleGrant, permission: string, object: ProtectedObject): boolean {
  const { scopes: _scopes, ...person } = principal;
  const alone: Principal = isBuiltInWhole(grant)
    ? { ...person, kind: 'user', roles: [grant.role], grants: [] }
    : { ...person, kind: 'user', roles: [], grants: toGrants(grant) };
  return can(alone, permission, object);
}

function reasonOf(grant: RoleGrant | undefined): Reason {
  return {
    code: 'role',
    ...(grant === undefined ? {} : { role: grant.role }),
    ...(grant?.assignmentId ? { assignmentId: grant.assignmentId } : {}),
    ...(grant?.groupId ? { groupId: grant.groupId } : {}),
    ...(grant?.scopeOrganizationId ? { organizationId: grant.scopeOrganizationId } : {}),
    ...(grant?.scopeDivisionId ? { divisionId: grant.scopeDivisionId } : {}),
  };
}
