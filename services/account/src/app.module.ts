import { iamContract, tenantContract, type accountContract, type ContractFunctions } from '@plinth/contracts';
import { Database, IdempotencyInterceptor, type ServiceDependencies, type ServiceInstance } from '@plinth/common';
import { AccountController } from './account/account.controller.ts';
import { AccountService } from './account/account.service.ts';
import { DivisionController } from './division/division.controller.ts';
import { DivisionService } from './division/division.service.ts';
import { OrganizationController } from './organization/organization.controller.ts';
import { OrganizationService } from './organization/organization.service.ts';
import { CreateProfile } from './profile/create-profile.consumer.ts';
import { ProfileController } from './profile/profile.controller.ts';
import { ProfileService } from './profile/profile.service.ts';

class AccountAppModule {}

/** Puts the service together. */
export async function createApp({ database, clock, contracts, log }: ServiceDependencies): Promise<ServiceInstance> {
  const organizations = new OrganizationService({
    database,
    clock,
    log,
    tenants: contracts.client(tenantContract),
    iam: contracts.client(iamContract),
  });
  const divisions = new DivisionService(database, clock);
  const accounts = new AccountService(database, clock);
  const profiles = new ProfileService(database, clock);
  const contract: ContractFunctions<typeof accountContract> = {
    listAccountsByIds: ({ tenantId, ids }) => accounts.listByIds(tenantId, ids),
    resolveAccounts: ({ tenantId, keys }) => accounts.resolve(tenantId, keys),
  };
  const controllers = [OrganizationController, DivisionController, AccountController, ProfileController];
  return {
    controllers,
    contract,
    useCases: { CreateProfile: new CreateProfile(profiles) },
    module: {
      module: AccountAppModule,
      controllers,
      providers: [
        { provide: Database, useValue: database },
        { provide: OrganizationService, useValue: organizations },
        { provide: DivisionService, useValue: divisions },
        { provide: AccountService, useValue: accounts },
        { provide: ProfileService, useValue: profiles },
        IdempotencyInterceptor,
      ],
    },
  };
}
