/** Every permission of the platform, `resource:action`. A service may require only what is listed here. */
export const permissions = [
  'user:read',
  'user:write',
  'role:read',
  'role:write',
  'api-key:read',
  'api-key:write',
  'session:read',
  'session:write',
  'tenant:read',
  'tenant:write',
  'tenant:suspend',
  'organization:read',
  'organization:write',
  'division:read',
  'division:write',
  'account:read',
  'account:write',
  'profile:read',
  'profile:write',
  'product:read',
  'product:write',
  'plan:read',
  'plan:write',
  'subscription:read',
  'subscription:write',
  'invoice:read',
  'invoice:write',
  'meter:read',
  'meter:write',
  'usage:read',
  'usage:write',
  'audit:read',
] as const;

export type Permission = (typeof permissions)[number];

/** Roles that every realm has (requirement 02); further roles are the tenant's own. */
export const builtInRoles = ['platform_admin', 'org_admin', 'org_member'] as const;
export type BuiltInRole = (typeof builtInRoles)[number];

const memberPermissions: readonly Permission[] = [
  'tenant:read',
  'organization:read',
  'division:read',
  'account:read',
  'profile:read',
  'profile:write',
  'product:read',
  'plan:read',
  'subscription:read',
  'invoice:read',
  'meter:read',
  'usage:read',
  'session:read',
  'session:write',
  'role:read',
  'user:read',
];

/** What each built-in role may do inside its tenant. `tenant:suspend` is the platform operator's alone. */
export const rolePermissions: Readonly<Record<BuiltInRole, readonly Permission[]>> = {
  platform_admin: permissions,
  org_admin: permissions.filter((permission) => permission !== 'tenant:suspend'),
  org_member: memberPermissions,
};
