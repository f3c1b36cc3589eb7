import { describe, expect, it } from 'vitest';
import { resolveMembership, type RoleGrant } from './membership.ts';

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

describe('grants of a membership', () => {
  const tenantId = oldTenant;
  const base = { tenantId, organizationId: null };

  it('come from custom roles and from roles that hold in a part, one for each part', () => {
    const membership = resolveMembership([
      { ...base, role: 'billing', roleId: 'r1', permissions: ['invoice:read'] },
      { ...base, role: 'plans', roleId: 'r2', permissions: ['plan:read', 'invoice:read'] },
      { ...base, role: 'lead', roleId: 'r3', permissions: ['division:write'], scopeDivisionId: 'd1' },
      { ...base, role: 'org_member', scopeOrganizationId: 'o1' },
      { ...base, role: 'org_member' },
    ]);
    expect(membership?.roles).toEqual(['org_member']);
    expect(membership?.grants).toMatchObject([
      { permissions: ['invoice:read', 'plan:read'] },
      { permissions: ['division:write'], division: 'd1' },
      { organization: 'o1' },
    ]);
  });

  it('keep the conditions of each permission', () => {
    const conditions = [{ attribute: 'resource.ownerId', operator: 'equals' as const, otherAttribute: 'subject.id' }];
    const role = { roleId: 'r1', permissions: ['todo:read'], conditional: [{ permission: 'todo:write', conditions }] };
    expect(resolveMembership([{ ...base, role: 'doer', ...role }])?.grants).toEqual([
      { permissions: ['todo:read'] },
      { permissions: ['todo:write'], conditions },
    ]);
  });

  it("never reach beyond the tenant by a tenant's own role, and do by one of the platform", () => {
    const role = { role: 'ops', roleId: 'r1', permissions: ['user:impersonate', 'user:read'] };
    expect(resolveMembership([{ ...base, ...role }])?.grants).toEqual([{ permissions: ['user:read'] }]);
    expect(resolveMembership([{ ...base, ...role, tenantId: null }])?.grants).toEqual([
      { permissions: ['user:impersonate', 'user:read'] },
    ]);
  });
});
