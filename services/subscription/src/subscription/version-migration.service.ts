import type { PlanVersion } from '@plinth/contracts';
import { DomainError, type Database } from '@plinth/common';
import type { ChangeRequest } from './change-request.ts';
import type { SubscriptionChecks } from './subscription-checks.service.ts';
import type { SubscriptionService } from './subscription.service.ts';
import { baseTrack } from './subscription.ts';
import * as store from './version-migration.store.ts';

export interface VersionMigration {
  readonly planId: string;
  /** The newest published one when absent. */
  readonly toVersion?: number | undefined;
  readonly fromVersions?: readonly number[] | undefined;
  readonly when: 'now' | 'period_end' | 'term_end';
}

/** Whom a migration touches, before it is done. */
export interface MigrationPreview {
  readonly toVersion: number;
  readonly subscriptions: number;
  readonly versions: readonly {
    readonly planVersion: number;
    readonly currency: string;
    readonly subscriptions: number;
  }[];
}

export interface MigrationSummary {
  readonly toVersion: number;
  readonly migrated: number;
  readonly failed: number;
  /** Why, of the first of them. */
  readonly failures: readonly { readonly subscriptionId: string; readonly code: string; readonly detail: string }[];
}

// A page is one transaction.
const pageSize = 200;
const maximumFailures = 100;
const beginning = '00000000-0000-0000-0000-000000000000';

/** Moves all subscriptions of a plan, or of an add-on, to another version of it. */
export class VersionMigrationService {
  readonly #database: Database;
  readonly #checks: SubscriptionChecks;
  readonly #subscriptions: SubscriptionService;

  constructor(database: Database, checks: SubscriptionChecks, subscriptions: SubscriptionService) {
    this.#database = database;
    this.#checks = checks;
    this.#subscriptions = subscriptions;
  }

  async preview(tenantId: string, migration: VersionMigration): Promise<MigrationPreview> {
    const selection = await this.#select(tenantId, migration);
    const versions = await this.#database.transaction(tenantId, (transaction) =>
      store.countCandidates(transaction, selection),
    );
    const subscriptions = versions.reduce((sum, version) => sum + version.subscriptions, 0);
    return { toVersion: selection.toVersion, subscriptions, versions };
  }

  /** Does it page by page. Repeating it goes on where it broke off: who has moved is no longer chosen. */
  async migrate(tenantId: string, migration: VersionMigration): Promise<MigrationSummary> {
    const selection = await this.#select(tenantId, migration);
    const offered = new Map<string, PlanVersion | DomainError>();
    const failures: { subscriptionId: string; code: string; detail: string }[] = [];
    let [migrated, failed] = [0, 0];
    let after: string | undefined = beginning;
    while (after !== undefined) {
      const page = await this.#listPage(tenantId, selection, after);
      await this.#loadOffered(tenantId, selection, page.currencies, offered);
      await this.#database.transaction(tenantId, async (transaction) => {
        for (const candidate of page.candidates) {
          const { subscriptionId } = candidate;
          try {
            const plan = offered.get(page.currencyOf.get(subscriptionId) ?? '');
            if (plan instanceof DomainError) throw plan;
            const request = toRequest(candidate, selection, migration.when);
            await this.#subscriptions.changeIn(transaction, subscriptionId, { request, offered: plan }, undefined);
            migrated += 1;
          } catch (error) {
            if (!(error instanceof DomainError)) throw error;
            failed += 1;
            if (failures.length < maximumFailures)
              failures.push({ subscriptionId, code: error.code, detail: error.message });
          }
        }
      });
      after = page.candidates.at(-1)?.subscriptionId;
    }
    return { toVersion: selection.toVersion, migrated, failed, failures };
  }

  async #select(tenantId: string, migration: VersionMigration): Promise<store.MigrationSelection> {
    const { planId, toVersion, fromVersions } = migration;
    const version = await this.#checks.getVersion(tenantId, { planId, planVersion: toVersion });
    return { planId, toVersion: version, fromVersions: fromVersions ?? null };
  }

  async #listPage(tenantId: string, selection: store.MigrationSelection, after: string) {
    const candidates = await this.#database.transaction(tenantId, (transaction) =>
      store.listCandidates(transaction, selection, after, pageSize),
    );
    const currencyOf = new Map(candidates.map(({ subscriptionId, currency }) => [subscriptionId, currency]));
    return { candidates, currencyOf, currencies: new Set(currencyOf.values()) };
  }

  /** The version in each currency, or why it cannot be had in it. No transaction is open. */
  async #loadOffered(
    tenantId: string,
    { planId, toVersion }: store.MigrationSelection,
    currencies: ReadonlySet<string>,
    offered: Map<string, PlanVersion | DomainError>,
  ): Promise<void> {
    const missing = [...currencies].filter((currency) => !offered.has(currency));
    const choices = missing.map((currency) => ({ planId, planVersion: toVersion, currency }));
    const findPlan = await this.#checks.loadPlans(tenantId, choices);
    for (const choice of choices) {
      const plan = findPlan(choice);
      offered.set(choice.currency, 'error' in plan ? plan.error : plan);
    }
  }
}

function toRequest(
  { track }: store.MigrationCandidate,
  { planId, toVersion }: store.MigrationSelection,
  when: 'now' | 'period_end' | 'term_end',
): ChangeRequest {
  return track === baseTrack
    ? { action: 'change', planId, planVersion: toVersion, when }
    : { action: 'change_add_on', addOnId: track, planVersion: toVersion, when };
}
