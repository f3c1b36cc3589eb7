import { builtInRoles, rolePermissions, type BuiltInRole, type Permission } from '@plinth/contracts';
import type { ConditionalPermission } from '../membership/membership.ts';

/** A set of permissions with a name: built in, of a tenant, or of the whole platform. */
export interface Role {
  /** Null for a built-in role, which never changes. */
  readonly id: string | null;
  readonly name: string;
  readonly title: string;
  readonly description: string | null;
  readonly permissions: readonly string[];
  /** Those that count only under conditions. */
  readonly conditional: readonly ConditionalPermission[];
  readonly version: number;
  readonly createdAt: Date | null;
  readonly updatedAt: Date | null;
}

/** Where an assignment holds; null: in the whole tenant. */
export type RoleScope = { readonly organizationId: string } | { readonly divisionId: string } | null;

/** Who has an assignment: one of them. */
export interface RoleHolder {
  readonly userId: string | null;
  readonly groupId: string | null;
  readonly serviceAccountId: string | null;
}

/** A role that was given to somebody in one tenant, or on the whole platform. */
export interface RoleAssignment extends RoleHolder {
  readonly id: string;
  /** Of the user; null for a group or service account. */
  readonly email: string | null;
  /** Of the user or group. */
  readonly name: string | null;
  readonly role: string;
  /** Null for a built-in role. */
  readonly roleId: string | null;
  readonly scope: RoleScope;
  readonly createdAt: Date;
}

const titles: Readonly<Record<BuiltInRole, string>> = {
  platform_admin: 'Platform administrator',
  org_admin: 'Administrator',
  org_member: 'Member',
};

export function isBuiltInRole(role: string): role is BuiltInRole {
  return (builtInRoles as readonly string[]).includes(role);
}

/** A built-in role in the form of any other one. */
export function builtInRole(name: BuiltInRole): Role {
  return {
    id: null,
    name,
    title: titles[name],
    description: null,
    permissions: rolePermissions[name],
    conditional: [],
    version: 1,
    createdAt: null,
    updatedAt: null,
  };
}

/** Every permission that a role can give, under conditions or not. */
export function allPermissionsOf({ permissions, conditional }: Pick<Role, 'permissions' | 'conditional'>): string[] {
  return [...new Set([...permissions, ...conditional.map(({ permission }) => permission)])];
}

/** Every permission that built-in roles give together. A role that is not built in gives none. */
export function permissionsOf(roles: readonly string[]): ReadonlySet<Permission> {
  return new Set(roles.filter(isBuiltInRole).flatMap((role) => rolePermissions[role]));
}
