import { randomBytes } from 'node:crypto';
import type { Principal } from '@plinth/contracts';
import {
  AlreadyExistsError,
  decodeCursor,
  InvalidInputError,
  newId,
  NotFoundError,
  toPage,
  VersionMismatchError,
  type Clock,
  type Database,
  type Page,
  type PlanLimits,
  type Transaction,
} from '@plinth/common';
import { z } from 'zod';
import type { RoleService } from '../role/role.service.ts';
import { DomainNotProvenError, DomainTakenError, PublicMailDomainError } from './email-domain.errors.ts';
import { isPublicMailDomain, parseDomain, proofRecord, type EmailDomain } from './email-domain.ts';
import * as store from './email-domain.store.ts';

/** The TXT records of a name, each in its parts; none when the name has none. */
export type ResolveTxt = (name: string) => Promise<string[][]>;

export interface EmailDomainServiceOptions {
  readonly database: Database;
  readonly clock: Clock;
  readonly roles: RoleService;
  readonly limits: PlanLimits;
  readonly resolveTxt: ResolveTxt;
}

/** Keeps the email domains of a tenant and proves that they are its own. */
export class EmailDomainService {
  readonly #options: EmailDomainServiceOptions;

  constructor(options: EmailDomainServiceOptions) {
    this.#options = options;
  }

  /** Adds a domain that counts once it is proven. */
  async add(
    caller: Principal,
    input: { readonly domain: string; readonly autoJoinRole: string | null },
  ): Promise<EmailDomain> {
    const { database, clock, limits } = this.#options;
    const tenantId = caller.tenant!;
    const domain = parseDomain(input.domain);
    if (domain === undefined)
      throw new InvalidInputError([{ path: '/domain', message: 'must be a domain such as example.com' }]);
    if (isPublicMailDomain(domain)) throw new PublicMailDomainError(domain);
    const now = clock.now();
    const added: EmailDomain = {
      id: newId(now.getTime()),
      tenantId,
      organizationId: caller.organization ?? null,
      domain,
      verificationToken: randomBytes(20).toString('hex'),
      verifiedAt: null,
      autoJoinRole: input.autoJoinRole,
      version: 1,
      createdAt: now,
      updatedAt: now,
    };
    return database.transaction(tenantId, async (transaction) => {
      await this.#assertMayGive(transaction, caller, added.autoJoinRole);
      if (!(await store.insertDomain(transaction, added))) throw new AlreadyExistsError('email domain', domain);
      await limits.assertRoom(tenantId, 'emailDomains', () => store.countDomains(transaction), 0);
      audit(transaction, 'email_domain.created', { after: added });
      return added;
    });
  }

  async list(tenantId: string, query: { limit: number; cursor?: string | undefined }): Promise<Page<EmailDomain>> {
    const after = decodeCursor(query.cursor, z.tuple([z.uuid()]))?.[0];
    const rows = await this.#options.database.transaction(tenantId, (transaction) =>
      store.listDomains(transaction, { after, limit: query.limit + 1 }),
    );
    return toPage(
      rows,
      query.limit,
      (domain) => [domain.id],
      (domain) => domain,
    );
  }

  async get(tenantId: string, id: string): Promise<EmailDomain> {
    const found = await this.#options.database.transaction(tenantId, (transaction) =>
      store.findDomain(transaction, id),
    );
    if (found === undefined) throw new NotFoundError('email domain', id);
    return found;
  }

  /** Looks for the TXT record; with it the domain counts from here on. */
  async verify(caller: Principal, id: string): Promise<EmailDomain> {
    const { resolveTxt, clock } = this.#options;
    const found = await this.get(caller.tenant!, id);
    const record = proofRecord(found);
    // Asked outside of any transaction: a name server may take seconds.
    const texts = (await resolveTxt(record.name)).map((parts) => parts.join(''));
    if (!texts.includes(record.value)) throw new DomainNotProvenError(record);
    return this.#change(caller.tenant!, id, 'email_domain.verified', async (before, transaction) => {
      const now = clock.now();
      if (!(await store.proveDomain(transaction, { ...before, now }))) throw new DomainTakenError(before.domain);
      return { ...before, verifiedAt: before.verifiedAt ?? now };
    });
  }

  /** Says with which role people of the domain join by themselves; null: they do not. */
  async changeAutoJoin(
    caller: Principal,
    id: string,
    role: string | null,
    ifMatch: number | undefined,
  ): Promise<EmailDomain> {
    return this.#change(caller.tenant!, id, 'email_domain.updated', async (before, transaction) => {
      if (ifMatch !== undefined && ifMatch !== before.version) throw new VersionMismatchError();
      await this.#assertMayGive(transaction, caller, role);
      return { ...before, autoJoinRole: role };
    });
  }

  async remove(caller: Principal, id: string): Promise<void> {
    await this.#options.database.transaction(caller.tenant, async (transaction) => {
      const before = await getForUpdate(transaction, id);
      await store.deleteDomain(transaction, before);
      audit(transaction, 'email_domain.deleted', { before });
    });
  }

  /** Nobody lets others in with more than they hold. */
  async #assertMayGive(transaction: Transaction, caller: Principal, role: string | null): Promise<void> {
    if (role !== null) await this.#options.roles.assertMayGiveRoles(transaction, caller, [role], '/autoJoinRole');
  }

  async #change(
    tenantId: string,
    id: string,
    action: string,
    change: (domain: EmailDomain, transaction: Transaction) => EmailDomain | Promise<EmailDomain>,
  ): Promise<EmailDomain> {
    const { database, clock } = this.#options;
    return database.transaction(tenantId, async (transaction) => {
      const before = await getForUpdate(transaction, id);
      const changed = await change(before, transaction);
      const after = { ...changed, version: before.version + 1, updatedAt: clock.now() };
      await store.updateDomain(transaction, after);
      audit(transaction, action, { before, after });
      return after;
    });
  }
}

async function getForUpdate(transaction: Transaction, id: string): Promise<EmailDomain> {
  const found = await store.findDomainForUpdate(transaction, id);
  if (found === undefined) throw new NotFoundError('email domain', id);
  return found;
}

function audit(
  transaction: Transaction,
  action: string,
  change: { readonly before?: EmailDomain; readonly after?: EmailDomain },
): void {
  const resourceId = (change.after ?? change.before)!.id;
  transaction.audit({ action, resourceType: 'email_domain', resourceId, ...change });
}
