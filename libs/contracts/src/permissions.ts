/** Every permission of the platform, `resource:action`. A service may require only what is listed here. */
export const permissions = [
  'user:read',
  'user:write',
  'user:impersonate',
  'user:disable',
  'user:administer',
  'invitation:read',
  'invitation:write',
  'group:read',
  'group:write',
  'role:read',
  'role:write',
  'service-account:read',
  'service-account:write',
  'identity-provider:read',
  'identity-provider:write',
  'client:read',
  'client:write',
  'policy:read',
  'policy:write',
  'webhook:read',
  'webhook:write',
  'scim:write',
  'api-key:read',
  'api-key:write',
  'session:read',
  'session:write',
  'tenant:read',
  'tenant:write',
  'tenant:suspend',
  'tenant:export',
  'tenant:delete',
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

/** What the operator of the platform alone may do: it reaches beyond one tenant. */
export const operatorPermissions: ReadonlySet<Permission> = new Set([
  'tenant:suspend',
  'user:impersonate',
  'user:disable',
  'user:administer',
  'client:read',
  'client:write',
]);

/** What each built-in role may do inside its tenant. */
export const rolePermissions: Readonly<Record<BuiltInRole, readonly Permission[]>> = {
  platform_admin: permissions,
  org_admin: permissions.filter((permission) => !operatorPermissions.has(permission)),
  org_member: memberPermissions,
};
