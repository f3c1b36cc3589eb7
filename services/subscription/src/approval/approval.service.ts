import { createHash } from 'node:crypto';
import type { Principal } from '@plinth/contracts';
import {
  NotFoundError,
  decodeCursor,
  findRequestContext,
  newId,
  toPage,
  type Clock,
  type Database,
  type Page,
  type Transaction,
} from '@plinth/common';
import { z } from 'zod';
import { actionContext } from './action-context.ts';
import {
  ApprovalDecidedError,
  ApprovalDiffersError,
  ApprovalRequiredError,
  LimitExceededError,
} from './approval.errors.ts';
import {
  dayMs,
  isAtMost,
  isPerson,
  isWithin,
  limitsOf,
  requestLifeMs,
  type ApprovalRequest,
  type GuardedAction,
  type GuardedActionName,
} from './approval.ts';
import { listRulesFor } from './approval-rule.store.ts';
import * as store from './approval.store.ts';
import { insertMoneyAction } from './money-action.store.ts';

export interface RequestQuery extends store.RequestFilter {
  readonly limit: number;
  readonly cursor?: string | undefined;
}

const platform: Pick<Principal, 'kind' | 'subject'> = { kind: 'service', subject: 'subscription' };

/** Guards what gives a customer's money away: within the caller's limits it is put on record, above them it waits. */
export class ApprovalService {
  readonly #database: Database;
  readonly #clock: Clock;
  constructor(database: Database, clock: Clock) {
    this.#database = database;
    this.#clock = clock;
  }

  /**
   * Called last in the transaction of an action. Within the caller's limit, or approved, the action goes on record and
   * counts; otherwise this throws, which undoes the action, and an approval request stays behind. What the platform
   * does by itself, outside of anybody's request, has no limit.
   */
  async guardIn(transaction: Transaction, guarded: GuardedAction): Promise<void> {
    const { approvalRequestId } = actionContext();
    const caller = findRequestContext()?.principal ?? platform;
    if (approvalRequestId !== null) return this.#finishIn(transaction, approvalRequestId, guarded);
    if (caller.kind !== 'service') {
      const principal = caller as Principal;
      const isAllowed = await this.isWithinLimitIn(transaction, principal, guarded);
      if (!isAllowed) throw await this.#ask(principal, guarded);
    }
    await this.#recordIn(transaction, guarded, { kind: caller.kind, id: caller.subject });
  }

  /** Whether the caller may give so much away now. Until the transaction ends they give away nothing else by it. */
  async isWithinLimitIn(
    transaction: Transaction,
    principal: Principal,
    { action, currency, amountMinor }: Pick<GuardedAction, 'action' | 'currency' | 'amountMinor'>,
  ): Promise<boolean> {
    await store.lockActor(transaction, principal.subject, action);
    const limits = limitsOf(principal, await listRulesFor(transaction, action, currency));
    const since = new Date(this.#clock.now().getTime() - dayMs);
    const used = await store.sumGivenAway(transaction, principal.subject, action, { currency, since });
    return isWithin(limits, amountMinor, used);
  }

  async list(tenantId: string, { limit, cursor, ...filter }: RequestQuery): Promise<Page<ApprovalRequest>> {
    const before = decodeCursor(cursor, z.tuple([z.uuid()]))?.[0];
    const rows = await this.#database.transaction(tenantId, (transaction) =>
      store.listRequests(transaction, filter, before, limit + 1),
    );
    return toPage(
      rows,
      limit,
      ({ id }) => [id],
      (request) => request,
    );
  }

  async get(tenantId: string, id: string): Promise<ApprovalRequest> {
    const request = await this.#database.transaction(tenantId, (transaction) => store.findRequest(transaction, id));
    if (request === undefined) throw new NotFoundError('approval request', id);
    return request;
  }

  /** On record apart from the action's transaction, which is undone. The same request that waits already is told again. */
  async #ask(principal: Principal, guarded: GuardedAction): Promise<Error> {
    if (!isPerson(principal)) return new LimitExceededError(guarded.action);
    const request = this.#build(principal, guarded);
    const hash = hashOf(request);
    const waiting = await this.#database.apart(() =>
      this.#database.transaction(principal.tenant, async (transaction) => {
        await this.expireIn(transaction);
        const isNew = await store.insertRequest(transaction, request, hash);
        if (isNew) announce(transaction, request);
        return isNew ? request : ((await store.findPendingRequest(transaction, principal.subject, hash)) ?? request);
      }),
    );
    return new ApprovalRequiredError(waiting.id, waiting.expiresAt);
  }

  /** Ends requests that nobody decided about in time; gives how many. */
  async expireIn(transaction: Transaction): Promise<number> {
    const late = await store.listExpiredForUpdate(transaction, this.#clock.now(), 500);
    for (const before of late) {
      const after: ApprovalRequest = { ...before, status: 'expired', version: before.version + 1 };
      await store.updateRequest(transaction, after);
      recordRequest(transaction, 'approval.expired', before, after);
    }
    return late.length;
  }

  /** Its status changes in the transaction of the action: whatever fails and is tried again, it is done once. */
  async #finishIn(transaction: Transaction, id: string, guarded: GuardedAction): Promise<void> {
    const before = await store.findRequestForUpdate(transaction, id);
    if (before === undefined) throw new NotFoundError('approval request', id);
    if (before.status !== 'approved') throw new ApprovalDecidedError(before.status);
    const isSame = before.action === guarded.action && before.currency === guarded.currency;
    if (!isSame || !isAtMost(guarded.amountMinor, before.amountMinor))
      throw new ApprovalDiffersError(before.amountMinor, guarded.amountMinor);
    const after: ApprovalRequest = {
      ...before,
      status: 'executed',
      executedAt: this.#clock.now(),
      resultType: guarded.result.type,
      resultId: guarded.result.id,
      version: before.version + 1,
    };
    await store.updateRequest(transaction, after);
    recordRequest(transaction, 'approval.executed', before, after);
    // Who approved it answers for it.
    await this.#recordIn(transaction, guarded, { kind: 'user', id: before.decidedBy! });
  }

  async #recordIn(
    transaction: Transaction,
    { input: _input, result, ...guarded }: GuardedAction,
    actor: { readonly kind: string; readonly id: string },
  ): Promise<void> {
    const { disputeId, approvalRequestId } = actionContext();
    await insertMoneyAction(transaction, {
      ...guarded,
      // An action without a known amount has no currency on record either.
      currency: guarded.amountMinor === null ? null : guarded.currency,
      id: newId(),
      resultType: result.type,
      resultId: result.id,
      disputeId,
      approvalRequestId,
      actorKind: actor.kind,
      actorId: actor.id,
      happenedAt: this.#clock.now(),
    });
    transaction.audit({
      action: `money.${guarded.action as GuardedActionName}`,
      resourceType: result.type,
      resourceId: result.id,
      after: {
        ...guarded,
        amountMinor: guarded.amountMinor?.toString() ?? null,
        answeredForBy: actor.id,
        disputeId,
        approvalRequestId,
      },
    });
  }

  #build(principal: Principal, { result: _result, ...guarded }: GuardedAction): ApprovalRequest {
    const now = this.#clock.now();
    return {
      ...guarded,
      id: newId(),
      disputeId: actionContext().disputeId,
      status: 'pending',
      requestedBy: principal.subject,
      requestedAt: now,
      expiresAt: new Date(now.getTime() + requestLifeMs),
      decidedBy: null,
      decidedAt: null,
      decisionNote: null,
      attempts: 0,
      attemptedAt: null,
      executedAt: null,
      resultType: null,
      resultId: null,
      failureCode: null,
      failureMessage: null,
      version: 1,
    };
  }
}

function announce(transaction: Transaction, request: ApprovalRequest): void {
  recordRequest(transaction, 'approval.requested', undefined, request);
  const { id, action, accountId, disputeId, currency, requestedBy } = request;
  transaction.publish('approval.requested', id, {
    approvalRequestId: id,
    action,
    accountId,
    disputeId,
    currency,
    amountMinor: request.amountMinor?.toString() ?? null,
    requestedBy,
    expiresAt: request.expiresAt.toISOString(),
  });
}

/** Puts a step of a request on the audit trail. */
export function recordRequest(
  transaction: Transaction,
  action: string,
  before: ApprovalRequest | undefined,
  after: ApprovalRequest,
): void {
  transaction.audit({
    action,
    resourceType: 'approval_request',
    resourceId: after.id,
    ...(before === undefined ? {} : { before: { status: before.status } }),
    after: { ...after, amountMinor: after.amountMinor?.toString() ?? null },
  });
}

function hashOf({ action, disputeId, input }: ApprovalRequest): string {
  return createHash('sha256')
    .update(JSON.stringify([action, disputeId, Object.entries(input).toSorted(([a], [b]) => (a < b ? -1 : 1))]))
    .digest('hex');
}
