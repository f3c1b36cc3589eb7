import { newId, VersionMismatchError, type Clock, type Database, type Transaction } from '@plinth/common';
import type { LegalEntityService } from '../legal-entity/legal-entity.service.ts';
import { findPolicyForUpdate, listPolicies, savePolicy } from './dunning.store.ts';
import { defaultSteps, type DunningPolicy, type DunningStep } from './dunning.ts';

/** Keeps what happens to unpaid invoices, for the tenant and for single legal entities. */
export class DunningPolicyService {
  readonly #database: Database;
  readonly #clock: Clock;
  readonly #entities: LegalEntityService;

  constructor(database: Database, clock: Clock, entities: LegalEntityService) {
    this.#database = database;
    this.#clock = clock;
    this.#entities = entities;
  }

  async list(tenantId: string): Promise<DunningPolicy[]> {
    return this.#database.transaction(tenantId, listPolicies);
  }

  /** Sets the steps for a legal entity or, for null, for all without steps of their own. Steps that were reached stay so. */
  async set(
    tenantId: string,
    legalEntityId: string | null,
    steps: readonly DunningStep[],
    ifMatch: number | undefined,
  ): Promise<DunningPolicy> {
    if (legalEntityId !== null) await this.#entities.get(tenantId, legalEntityId);
    return this.#database.transaction(tenantId, async (transaction) => {
      const before = await findPolicyForUpdate(transaction, legalEntityId);
      if (ifMatch !== undefined && ifMatch !== (before?.version ?? 0)) throw new VersionMismatchError();
      const now = this.#clock.now();
      const after: DunningPolicy = {
        id: before?.id ?? newId(),
        legalEntityId,
        steps,
        version: (before?.version ?? 0) + 1,
        createdAt: before?.createdAt ?? now,
        updatedAt: now,
      };
      await savePolicy(transaction, after);
      transaction.audit({
        action: 'dunning_policy.set',
        resourceType: 'dunning_policy',
        resourceId: after.id,
        ...(before === undefined ? {} : { before }),
        after,
      });
      return after;
    });
  }

  /** The steps of each legal entity, by its id; those of all others by null. */
  async loadStepsIn(transaction: Transaction): Promise<(legalEntityId: string) => readonly DunningStep[]> {
    const steps = new Map((await listPolicies(transaction)).map((policy) => [policy.legalEntityId, policy.steps]));
    return (legalEntityId) => steps.get(legalEntityId) ?? steps.get(null) ?? defaultSteps;
  }
}
