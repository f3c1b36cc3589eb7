import { permissions, type Grant, type Principal } from '@plinth/contracts';
import { describe, expect, test } from 'vitest';
import { can, checkCaller, hasPermission, hasPermissionSomewhere } from './permission.guard.ts';
import { conditionFor } from './sql-condition.ts';

const user = (changes: Partial<Principal> = {}): Principal => ({
  kind: 'user',
  subject: 'ada',
  email: 'ada@example.test',
  tenant: 't',
  roles: [],
  ...changes,
});
const withGrants = (...grants: Grant[]) => user({ grants });

describe('what holds in the whole tenant', () => {
  test.each<[string, Principal, boolean]>([
    ['a built-in role', user({ roles: ['org_admin'] }), true],
    ['a role without it', user({ roles: ['org_member'] }), false],
    ['a role that nobody knows', user({ roles: ['king'] }), false],
    ['a grant', withGrants({ permissions: ['plan:write'] }), true],
    ['a grant for an organization', withGrants({ permissions: ['plan:write'], organization: 'o' }), false],
    ['a grant for a division', withGrants({ permissions: ['plan:write'], division: 'd' }), false],
    ['a role narrowed by scopes', user({ roles: ['org_admin'], scopes: ['plan:read'] }), false],
    ['a grant narrowed by scopes', user({ grants: [{ permissions: ['plan:write'] }], scopes: ['plan:read'] }), false],
    ['the scopes of a key', user({ kind: 'api-key', scopes: ['plan:write'] }), true],
    ['a key that claims a role', user({ kind: 'api-key', roles: ['org_admin'], scopes: [] }), false],
    ['a key without scopes', user({ kind: 'api-key', roles: ['org_admin'] }), false],
    ['a service', user({ kind: 'service' }), true],
    ['a service account with a role', user({ kind: 'service-account', roles: ['org_admin'] }), true],
  ])('%s', (_case, principal, expected) => {
    expect(hasPermission(principal, 'plan:write')).toBe(expected);
    expect(can(principal, 'plan:write')).toBe(expected);
    expect(can(principal, 'plan:write', { organizationId: 'x' })).toBe(expected);
  });
});

describe('what holds in a part of the tenant', () => {
  const manager = withGrants(
    { permissions: ['division:write'], division: 'austria' },
    { permissions: ['division:write'], organization: 'acme' },
    { permissions: ['division:read'], division: 'asia' },
  );

  test.each([
    ['the division itself', { divisionPath: ['austria', 'europe'] }, true],
    ['what is below it', { divisionPath: ['vienna', 'austria', 'europe'] }, true],
    ['what is above it', { divisionPath: ['europe'] }, false],
    ['another division', { divisionPath: ['asia'] }, false],
    ['everything of the organization', { organizationId: 'acme', divisionPath: ['asia'] }, true],
    ['another organization', { organizationId: 'other', divisionPath: [] }, false],
    ['an object that lies nowhere', {}, false],
  ])('%s', (_case, object, expected) => {
    expect(can(manager, 'division:write', object)).toBe(expected);
  });

  test('is held somewhere, and opens only operations that look at each object', () => {
    expect([hasPermissionSomewhere(manager, 'division:write'), hasPermissionSomewhere(manager, 'plan:read')]).toEqual([
      true,
      false,
    ]);
    const operation = {
      id: 'x',
      method: 'GET',
      path: '/x',
      summary: '',
      permission: 'division:write',
      response: {} as never,
    } as const;
    expect(() => checkCaller(operation, manager)).toThrow('needs the permission division:write');
    expect(checkCaller({ ...operation, scoped: true }, manager)).toBe(manager);
  });

  test('is narrowed by scopes like everything else', () => {
    const narrowed = { ...manager, scopes: ['division:read'] };
    expect(can(narrowed, 'division:write', { divisionPath: ['austria'] })).toBe(false);
    expect(can(narrowed, 'division:read', { divisionPath: ['asia'] })).toBe(true);
  });

  test('of a key is what was left of its grants when it was looked up', () => {
    const key = user({
      kind: 'api-key',
      scopes: ['plan:read'],
      grants: [{ permissions: ['division:write'], division: 'asia' }],
    });
    expect(can(key, 'division:write', { divisionPath: ['asia'] })).toBe(true);
    expect(can(key, 'division:write', { divisionPath: ['europe'] })).toBe(false);
    expect(can(key, 'plan:read', {})).toBe(true);
  });
});

describe('what holds under conditions', () => {
  const when = (attribute: string, operator: 'equals' | 'not_equals', other: object): Principal =>
    withGrants({ permissions: ['todo:write'], conditions: [{ attribute, operator, ...other }] });

  test.each<[string, Principal, object, boolean]>([
    [
      'an own object',
      when('resource.owner', 'equals', { otherAttribute: 'subject.id' }),
      { properties: { owner: 'ada' } },
      true,
    ],
    [
      "somebody else's object",
      when('resource.owner', 'equals', { otherAttribute: 'subject.id' }),
      { properties: { owner: 'bob' } },
      false,
    ],
    ['an object without owner', when('resource.owner', 'equals', { otherAttribute: 'subject.id' }), {}, false],
    ['two absent properties', when('resource.a', 'equals', { otherAttribute: 'subject.b' }), {}, false],
    ['a text beside a number', when('resource.size', 'equals', { value: 1 }), { properties: { size: '1' } }, false],
    ['an absent property that must differ', when('resource.status', 'not_equals', { value: 'archived' }), {}, true],
    [
      'an inherited property',
      when('resource.constructor', 'equals', { otherAttribute: 'resource.constructor' }),
      { properties: {} },
      false,
    ],
    [
      'the id that a request claims',
      when('subject.id', 'equals', { value: 'root' }),
      { subject: { id: 'root' } },
      false,
    ],
    ['a property of the subject', when('subject.level', 'equals', { value: 3 }), { subject: { level: 3 } }, true],
    ['a property of the action', when('action.soft', 'equals', { value: true }), { action: { soft: true } }, true],
  ])('%s', (_case, principal, object, expected) => {
    expect(can(principal, 'todo:write', object)).toBe(expected);
    expect(can(principal, 'todo:write')).toBe(false);
  });

  test('and in a part of the tenant: both must hold', () => {
    const conditions = [{ attribute: 'resource.draft', operator: 'equals' as const, value: true }];
    const principal = withGrants({ permissions: ['todo:write'], division: 'asia', conditions });
    const draft = { draft: true };
    expect(can(principal, 'todo:write', { divisionPath: ['asia'], properties: draft })).toBe(true);
    expect(can(principal, 'todo:write', { divisionPath: ['europe'], properties: draft })).toBe(false);
    expect(can(principal, 'todo:write', { divisionPath: ['asia'] })).toBe(false);
  });
});

describe('the SQL condition of a list', () => {
  const columns = {
    organization: 'o.id',
    divisions: (ids: string) => `below(d.id, ${ids})`,
    attributes: { 'resource.owner': 'created_by' },
  };

  test('is true for who holds the permission everywhere, and false for who does not hold it', () => {
    expect(conditionFor(user({ roles: ['org_admin'] }), 'plan:write', columns)).toEqual({
      sql: 'true',
      parameters: [],
    });
    expect(conditionFor(user(), 'plan:write', columns)).toEqual({ sql: 'false', parameters: [] });
  });

  test('names organizations and divisions as parameters, counted from the given one', () => {
    const principal = withGrants(
      { permissions: ['plan:write'], organization: 'a' },
      { permissions: ['plan:write'], division: 'x' },
      { permissions: ['plan:write'], division: 'y' },
    );
    expect(conditionFor(principal, 'plan:write', columns, 5)).toEqual({
      sql: '(((o.id = ANY ($5::uuid[]) OR below(d.id, $6::uuid[]))))',
      parameters: [['a'], ['x', 'y']],
    });
  });

  test('shows nothing by what the list does not know of', () => {
    const principal = withGrants(
      { permissions: ['plan:write'], division: 'x' },
      { permissions: ['plan:write'], conditions: [{ attribute: 'resource.secret', operator: 'not_equals', value: 1 }] },
    );
    expect(conditionFor(principal, 'plan:write', { organization: 'o.id' })).toEqual({
      sql: '((false) OR (false))',
      parameters: [],
    });
  });

  test('puts values into parameters, never into the text', () => {
    const value = `'; DROP TABLE x; --`;
    const conditions: Grant['conditions'] = [
      { attribute: 'resource.owner', operator: 'equals', value },
      { attribute: 'resource.owner', operator: 'not_equals', otherAttribute: 'subject.email' },
    ];
    expect(conditionFor(withGrants({ permissions: ['plan:write'], conditions }), 'plan:write', columns)).toEqual({
      sql: '((to_jsonb(created_by) = $1::jsonb AND to_jsonb(created_by) IS DISTINCT FROM $2::jsonb))',
      parameters: [JSON.stringify(value), '"ada@example.test"'],
    });
  });
});

test('answers quickly for somebody with a thousand roles in a thousand divisions', () => {
  const grants = Array.from({ length: 1000 }, (_, index) => ({ permissions: [...permissions], division: `d${index}` }));
  const principal = withGrants(...grants);
  const object = { organizationId: 'o', divisionPath: ['x', 'y', 'z', 'd999'] };
  can(principal, 'plan:write', object);
  const checks = 20_000;
  const started = performance.now();
  for (let check = 0; check < checks; check += 1) if (!can(principal, 'plan:write', object)) throw new Error('refused');
  // Five times the budget: other work shares the machine that runs the tests.
  expect(((performance.now() - started) / checks) * 1000).toBeLessThan(100);
});

test('a user token that is narrowed to scopes does not reach the own account of its user', () => {
  const operation = {
    id: 'x',
    method: 'DELETE',
    path: '/x',
    summary: '',
    permission: 'authenticated',
    tenant: false,
    response: {} as never,
  } as const;
  const user: Principal = { kind: 'user', subject: 'ada', roles: ['org_admin'] };
  expect(checkCaller(operation, user)).toBe(user);
  expect(() => checkCaller(operation, { ...user, scopes: [] })).toThrow('narrowed to its scopes');
  expect(() => checkCaller(operation, { ...user, scopes: ['usage:read'] })).toThrow('narrowed to its scopes');
});
