import type { EventData, EventEnvelope } from '@plinth/contracts';
import { LimitReachedError, type Database, type Transaction, type UseCase } from '@plinth/common';
import { findSignInUser } from '../authentication/sign-in-user.store.ts';
import type { RoleService } from '../role/role.service.ts';
import { domainOfEmail } from './email-domain.ts';
import { findJoinedDomain } from './email-domain.store.ts';

/** Lets whoever confirmed an address of a tenant's own domain into the tenant, where the tenant wants that. */
export class JoinByDomain implements UseCase<EventData<'identity.verified'>> {
  readonly #database: Database;
  readonly #roles: RoleService;

  constructor(database: Database, roles: RoleService) {
    this.#database = database;
    this.#roles = roles;
  }

  async handle(transaction: Transaction, { data }: EventEnvelope<EventData<'identity.verified'>>): Promise<void> {
    // As it is now: the event says what was.
    const user = await findSignInUser(transaction, data.userId);
    if (user === undefined || !user.emailVerified || user.disabled || user.email !== data.email) return;
    const name = domainOfEmail(user.email);
    const domain =
      name === undefined
        ? undefined
        : await this.#database.platformTransaction((platform) => findJoinedDomain(platform, name));
    if (domain === undefined) return;
    const { tenantId, organizationId } = domain;
    const joining = { tenantId, organizationId, userId: user.id, roles: [domain.autoJoinRole!] };
    const audit = (action: string) => (own: Transaction) =>
      own.audit({ action, resourceType: 'user', resourceId: user.id, after: { domain: domain.domain } });
    try {
      await this.#database.transaction(tenantId, async (own) => {
        if ((await this.#roles.grantRolesIn(own, joining)) > 0) audit('member.joined_by_domain')(own);
      });
    } catch (error) {
      // A full tenant takes nobody more; trying again would not help.
      if (!(error instanceof LimitReachedError)) throw error;
      await this.#database.transaction(tenantId, async (own) => audit('member.refused_by_limit')(own));
    }
  }
}
