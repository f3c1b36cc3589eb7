import { can, type ProtectedObject } from '@plinth/common';
import { permissions, type Grant, type Principal } from '@plinth/contracts';
import { atMost, type Benchmark, type BenchmarkContext, type Figure, type Outcome } from '../benchmark.ts';
import { median, percentile } from '../statistics.ts';

export const permissionCheck: Benchmark = {
  name: 'permission-check',
  title: 'Permission check in process',
  description:
    '`can(principal, permission, object)` for a member with a built-in role; for somebody with a thousand roles, each with all permissions in a division of its own; and for the same one with a condition on each. ' +
    'Objects lie in random divisions, eight levels deep, half of them in none that was granted. Each check is timed alone, so that the 99th percentile is one of single checks; the timer itself takes a part of it. ' +
    'The first check of a principal makes its rules, which are kept as long as the principal is; it is given by itself.',
  run,
};

const roles = 1000;
const depth = 8;

interface Case {
  readonly what: string;
  readonly makePrincipal: () => Principal;
}

const cases: readonly Case[] = [
  { what: 'A built-in role', makePrincipal: () => principalWith({ roles: ['org_member'] }) },
  { what: 'A thousand roles in divisions', makePrincipal: () => principalWith({ grants: makeGrants(false) }) },
  { what: 'A thousand roles under conditions', makePrincipal: () => principalWith({ grants: makeGrants(true) }) },
];

async function run(context: BenchmarkContext): Promise<Outcome> {
  const checks = context.quick ? 20_000 : 500_000;
  const figures = cases.flatMap((one) => measure(one, checks));
  return { figures, notes: [`${checks.toLocaleString('en')} checks each.`] };
}

function measure({ what, makePrincipal }: Case, checks: number): Figure[] {
  const objects = Array.from({ length: 1000 }, makeObject);
  const first = timeMicroseconds(() => can(makePrincipal(), 'division:write', objects[0]));
  const principal = makePrincipal();
  const times: number[] = [];
  let allowed = 0;
  for (let check = 0; check < checks; check += 1) {
    const object = objects[check % objects.length];
    const permission = permissions[check % permissions.length]!;
    const started = process.hrtime.bigint();
    if (can(principal, permission, object)) allowed += 1;
    times.push(Number(process.hrtime.bigint() - started) / 1000);
  }
  if (allowed === 0 || allowed === checks)
    throw new Error(`${allowed} of ${checks} checks were allowed; some must be, and some not`);
  return [
    { what: `${what}, 99th percentile`, value: percentile(times, 0.99), unit: 'µs', budget: atMost(20) },
    { what: `${what}, median`, value: median(times), unit: 'µs' },
    { what: `${what}, first check`, value: first, unit: 'µs' },
  ];
}

function timeMicroseconds(work: () => unknown): number {
  const started = process.hrtime.bigint();
  work();
  return Number(process.hrtime.bigint() - started) / 1000;
}

function principalWith(changes: Partial<Principal>): Principal {
  return { kind: 'user', subject: 'ada', email: 'ada@example.test', tenant: 'acme', roles: [], ...changes };
}

function makeGrants(conditional: boolean): Grant[] {
  const conditions = [{ attribute: 'resource.ownerId', operator: 'equals' as const, otherAttribute: 'subject.id' }];
  return Array.from({ length: roles }, (_, index) => ({
    permissions: [...permissions],
    division: `division-${index}`,
    ...(conditional ? { conditions } : {}),
  }));
}

function makeObject(_: unknown, index: number): ProtectedObject {
  const divisionPath = Array.from({ length: depth }, (_level, level) => `unknown-${index}-${level}`);
  if (index % 2 === 0) divisionPath[depth - 1] = `division-${(index * 7919) % roles}`;
  return { organizationId: 'acme', divisionPath, properties: { ownerId: index % 4 === 0 ? 'ada' : 'bob' } };
}
