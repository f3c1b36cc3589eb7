import type { Principal } from '@plinth/contracts';
import { newId } from '@plinth/common';
import { buildPrincipal, type ServiceUnderTest, type TestResponse } from '@plinth/testing';
import { contractOf, createTenant, joinTenant, signUp, startIam, type SignedUpUser } from './builders.ts';

interface Place {
  readonly organizationId: string;
  readonly divisionPath: string[];
}

/** iam beside an account service and a tenant service that remember what a test told them. */
export interface AuthorizationWorld {
  readonly iam: ServiceUnderTest;
  /** A tenant with its owner. */
  createOwner(): Promise<Owner>;
  /** A division of the owner's organization, below others. */
  addDivision(owner: Owner, ...above: string[]): string;
  /** What the tenant service says of a tenant; active unless it was set. */
  readonly tenantStatus: Map<string, string>;
  /** A person with a role in the tenant, as the platform would see them. */
  addMember(owner: Owner, role?: string, scope?: object): Promise<Member>;
  /** Who is behind the session of a user now. */
  principalOf(user: SignedUpUser, tenant?: string): Promise<Principal>;
  createRole(owner: Owner, name: string, permissions: string[], conditional?: object[]): Promise<string>;
  post(principal: Principal, path: string, body: object): Promise<TestResponse>;
}

export interface Owner {
  readonly user: SignedUpUser;
  readonly principal: Principal;
  readonly tenantId: string;
  readonly organizationId: string;
}

export interface Member extends SignedUpUser {
  readonly principal: Principal;
}

export async function startAuthorizationWorld(): Promise<AuthorizationWorld> {
  const places = new Map<string, Place & { tenantId: string }>();
  const tenantStatus = new Map<string, string>();
  const iam = await startIam({
    contracts: {
      account: {
        resolvePlaces: async ({ tenantId, organizationIds, divisionIds }: Record<string, string[]>) =>
          [...organizationIds!, ...divisionIds!].flatMap((id) => {
            const place = places.get(id);
            return place === undefined || place.tenantId !== (tenantId as unknown as string) ? [] : [toPlace(place)];
          }),
        listPlaces: async ({ tenantId }: { tenantId: string }) =>
          [...places.values()].filter((place) => place.tenantId === tenantId).map(toPlace),
        ensureMember: async () => ({ created: true }),
        findMembership: async () => null,
      },
      tenant: {
        findTenant: async ({ tenantId }: { tenantId: string }) => ({
          id: tenantId,
          organizationId: tenantId,
          name: 'Acme',
          status: tenantStatus.get(tenantId) ?? 'active',
        }),
      },
    },
  });
  const post = (principal: Principal, path: string, body: object) => iam.request('POST', path, { principal, body });
  const principalOf = async (user: SignedUpUser, requestedTenant?: string) =>
    (await contractOf(iam).authenticateSession({
      cookie: user.cookie,
      ...(requestedTenant === undefined ? {} : { requestedTenant }),
    }))!;
  return {
    iam,
    tenantStatus,
    post,
    principalOf,
    async createOwner() {
      const user = await signUp(iam);
      const { tenantId, organizationId } = await createTenant(iam, user.userId);
      places.set(organizationId, { tenantId, organizationId, divisionPath: [] });
      const principal = buildPrincipal({ subject: user.userId, tenant: tenantId, organization: organizationId });
      return { user, tenantId, organizationId, principal };
    },
    addDivision({ tenantId, organizationId }, ...above) {
      const id = newId();
      places.set(id, { tenantId, organizationId, divisionPath: [id, ...above] });
      return id;
    },
    async addMember(owner, role = 'org_member', scope) {
      const user = await signUp(iam);
      await joinTenant(iam, { ...owner, userId: user.userId });
      const { data: joined } = (
        await iam.request('GET', `/roles/assignments?userId=${user.userId}`, { principal: owner.principal })
      ).body;
      const given = await post(owner.principal, '/roles/assignments', {
        userId: user.userId,
        role,
        ...(scope === undefined ? {} : { scope }),
      });
      if (given.status !== 201) throw new Error(JSON.stringify(given.body));
      if (joined[0].id !== given.body.id)
        await iam.request('DELETE', `/roles/assignments/${joined[0].id}`, { principal: owner.principal });
      return { ...user, principal: await principalOf(user) };
    },
    async createRole(owner, name, permissions, conditional = []) {
      const made = await post(owner.principal, '/roles', { name, title: name, permissions, conditional });
      if (made.status !== 201) throw new Error(JSON.stringify(made.body));
      return made.body.id;
    },
  };
}

function toPlace({ organizationId, divisionPath }: Place): Place {
  return { organizationId, divisionPath };
}
