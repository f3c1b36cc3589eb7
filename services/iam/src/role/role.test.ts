import { permissions } from '@plinth/contracts';
import { describe, expect, it } from 'vitest';
import { permissionsOf, resolveMembership, type RoleGrant } from './role.ts';

const oldTenant = '01900000-0000-7000-8000-000000000001';
const newTenant = '01900000-0000-7000-8000-000000000002';
const grants: RoleGrant[] = [
  { tenantId: oldTenant, organizationId: 'o1', role: 'org_member' },
  { tenantId: newTenant, organizationId: 'o2', role: 'org_admin' },
];

describe('membership', () => {
  it('is in the tenant of the oldest grant by default', () => {
    expect(resolveMembership(grants)).toEqual({ tenant: oldTenant, organization: 'o1', roles: ['org_member'] });
  });

  it('is in the requested tenant, with the roles held there', () => {
    expect(resolveMembership(grants, newTenant)).toEqual({
      tenant: newTenant,
      organization: 'o2',
      roles: ['org_admin'],
    });
  });

  it('reads the requested tenant whatever its letter case', () => {
    const tenantId = '01900000-0000-7000-8000-00000000000a';
    expect(
      resolveMembership([{ tenantId, organizationId: null, role: 'org_member' }], tenantId.toUpperCase())?.tenant,
    ).toBe(tenantId);
  });

  it('refuses a tenant that the user does not belong to', () => {
    expect(resolveMembership(grants, '01900000-0000-7000-8000-000000000003')).toBeUndefined();
  });

  it('has neither tenant nor role before anything was granted', () => {
    expect(resolveMembership([])).toEqual({ roles: [] });
  });

  it('carries a platform-wide role into each tenant of the user, and into no other', () => {
    const administrator: RoleGrant[] = [{ tenantId: null, organizationId: null, role: 'platform_admin' }];
    expect(resolveMembership(administrator)).toEqual({ roles: ['platform_admin'] });
    expect(resolveMembership([...administrator, ...grants])?.roles).toEqual(['org_member', 'platform_admin']);
    expect(resolveMembership(administrator, oldTenant)).toBeUndefined();
  });
});

describe('permissions of roles', () => {
  it('are the union of what each role gives', () => {
    expect(permissionsOf(['org_member', 'platform_admin']).size).toBe(permissions.length);
    expect(permissionsOf(['org_member']).has('plan:write')).toBe(false);
  });

  it('are none for a role that is not built in', () => {
    expect(permissionsOf(['owner']).size).toBe(0);
  });
});
