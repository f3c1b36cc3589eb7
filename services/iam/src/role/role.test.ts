import { permissions } from '@plinth/contracts';
import { describe, expect, it } from 'vitest';
import { permissionsOf } from './role.ts';

describe('permissions of roles', () => {
  it('are the union of what each role gives', () => {
    expect(permissionsOf(['org_member', 'platform_admin']).size).toBe(permissions.length);
    expect(permissionsOf(['org_member']).has('plan:write')).toBe(false);
  });

  it('are none for a role that is not built in', () => {
    expect(permissionsOf(['owner']).size).toBe(0);
  });
});
