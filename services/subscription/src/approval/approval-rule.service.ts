import type { Principal } from '@plinth/contracts';
import {
  NotFoundError,
  decodeCursor,
  newId,
  toPage,
  type Clock,
  type Database,
  type Page,
  type Transaction,
} from '@plinth/common';
import { z } from 'zod';
import { RuleTooGenerousError } from './approval.errors.ts';
import { isAdministrator, isCoveredBy, isOfAdministrators, limitsOf, type ApprovalRule } from './approval.ts';
import * as store from './approval-rule.store.ts';

export type RuleInput = Pick<ApprovalRule, 'action' | 'holder' | 'currency' | 'amountMinor' | 'dayMinor'>;

/** Keeps the limits of a tenant. */
export class ApprovalRuleService {
  readonly #database: Database;
  readonly #clock: Clock;
  constructor(database: Database, clock: Clock) {
    this.#database = database;
    this.#clock = clock;
  }

  async list(tenantId: string, limit: number, cursor: string | undefined): Promise<Page<ApprovalRule>> {
    const after = decodeCursor(cursor, z.tuple([z.uuid()]))?.[0];
    const rows = await this.#database.transaction(tenantId, (transaction) =>
      store.listRules(transaction, after, limit + 1),
    );
    return toPage(
      rows,
      limit,
      ({ id }) => [id],
      (rule) => rule,
    );
  }

  /** Sets the limit of a holder for an action in a currency. Throws where it is above the caller's own. */
  async set(principal: Principal, input: RuleInput): Promise<ApprovalRule> {
    return this.#database.transaction(principal.tenant, async (transaction) => {
      const before = await store.findSameRuleForUpdate(transaction, input);
      await assertMaySet(transaction, principal, input);
      const now = this.#clock.now();
      const rule: ApprovalRule = {
        ...input,
        id: before?.id ?? newId(),
        version: (before?.version ?? 0) + 1,
        createdAt: before?.createdAt ?? now,
        updatedAt: now,
      };
      await store.saveRule(transaction, rule);
      transaction.audit({
        action: before === undefined ? 'approval_rule.created' : 'approval_rule.updated',
        resourceType: 'approval_rule',
        resourceId: rule.id,
        ...(before === undefined ? {} : { before: toAudit(before) }),
        after: toAudit(rule),
      });
      return rule;
    });
  }

  /** Removes a rule: its holder is limited as without one. */
  async remove(principal: Principal, id: string): Promise<void> {
    await this.#database.transaction(principal.tenant, async (transaction) => {
      const rule = await store.findRuleForUpdate(transaction, id);
      if (rule === undefined) throw new NotFoundError('approval rule', id);
      if (isOfAdministrators(rule.holder) && !isAdministrator(principal)) throw new RuleTooGenerousError();
      await store.deleteRule(transaction, id);
      transaction.audit({
        action: 'approval_rule.deleted',
        resourceType: 'approval_rule',
        resourceId: id,
        before: toAudit(rule),
      });
    });
  }
}

/** An administrator may set any limit: somebody has to be able to, and it is on record. */
async function assertMaySet(transaction: Transaction, principal: Principal, input: RuleInput): Promise<void> {
  if (isAdministrator(principal)) return;
  const own = limitsOf(principal, await store.listRulesFor(transaction, input.action, input.currency));
  if (isOfAdministrators(input.holder) || !isCoveredBy(input, own)) throw new RuleTooGenerousError();
}

function toAudit({ action, holder, currency, amountMinor, dayMinor }: ApprovalRule) {
  return {
    action,
    holder,
    currency,
    amountMinor: amountMinor?.toString() ?? null,
    dayMinor: dayMinor?.toString() ?? null,
  };
}
