import { iamContract, tenantContract, type accountContract, type ContractFunctions } from '@plinth/contracts';
import {
  createTenantData,
  Database,
  IdempotencyInterceptor,
  PlanLimits,
  type ServiceDependencies,
  type ServiceInstance,
} from '@plinth/common';
import { AccountController } from './account/account.controller.ts';
import { AccountService } from './account/account.service.ts';
import { PayerChecks } from './account/payer-checks.service.ts';
import { DivisionController } from './division/division.controller.ts';
import { DivisionService } from './division/division.service.ts';
import { PlaceService } from './division/place.service.ts';
import { AddMember } from './membership/add-member.consumer.ts';
import { MembershipController } from './membership/membership.controller.ts';
import { MembershipService } from './membership/membership.service.ts';
import { RemoveMember } from './membership/remove-member.consumer.ts';
import { OrganizationController } from './organization/organization.controller.ts';
import { OrganizationService } from './organization/organization.service.ts';
import { CreateProfile } from './profile/create-profile.consumer.ts';
import { ProfileController } from './profile/profile.controller.ts';
import { ProfileService } from './profile/profile.service.ts';
import { tenantTables } from './tenant-tables.ts';

class AccountAppModule {}

/** Puts the service together. */
export async function createApp({ database, clock, contracts, log }: ServiceDependencies): Promise<ServiceInstance> {
  const tenants = contracts.client(tenantContract);
  const iam = contracts.client(iamContract);
  const limits = new PlanLimits({ tenants, clock, log });
  const organizations = new OrganizationService({ database, clock, log, tenants, iam });
  const memberships = new MembershipService({ database, clock, iam });
  const divisions = new DivisionService(database, clock, limits);
  const places = new PlaceService(database);
  const accounts = new AccountService({ database, clock, limits, payers: new PayerChecks(tenants) });
  const profiles = new ProfileService(database, clock);
  const contract: ContractFunctions<typeof accountContract> = {
    ...createTenantData({ database, tables: tenantTables }),
    ensureMember: async (member) => ({ created: await memberships.ensureMember(member) }),
    findMembership: async ({ tenantId, userId }) => {
      const found = await memberships.findMembership(tenantId, userId);
      return found === undefined ? null : { organizationId: found.organizationId, isOwner: found.isOwner };
    },
    listAccountsByIds: ({ tenantId, ids }) => accounts.listByIds(tenantId, ids),
    findAccountOfTenant: async ({ customerTenantId }) => (await accounts.findAccountOfTenant(customerTenantId)) ?? null,
    resolvePlaces: places.resolve,
    listPlaces: places.list,
    resolveAccounts: ({ tenantId, keys }) => accounts.resolve(tenantId, keys),
  };
  const controllers = [
    OrganizationController,
    MembershipController,
    DivisionController,
    AccountController,
    ProfileController,
  ];
  return {
    controllers,
    contract,
    useCases: {
      AddMember: new AddMember(memberships),
      CreateProfile: new CreateProfile(profiles),
      RemoveMember: new RemoveMember(memberships),
    },
    module: {
      module: AccountAppModule,
      controllers,
      providers: [
        { provide: Database, useValue: database },
        { provide: OrganizationService, useValue: organizations },
        { provide: MembershipService, useValue: memberships },
        { provide: DivisionService, useValue: divisions },
        { provide: AccountService, useValue: accounts },
        { provide: ProfileService, useValue: profiles },
        IdempotencyInterceptor,
      ],
    },
  };
}
