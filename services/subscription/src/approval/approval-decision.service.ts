import type { Principal } from '@plinth/contracts';
import { DomainError, NotFoundError, type Clock, type Database, type Logger, type Transaction } from '@plinth/common';
import { runInAction } from './action-context.ts';
import {
  ApprovalDecidedError,
  ApprovalOvertakenError,
  ApproverLimitError,
  ApproverNotAPersonError,
  OwnRequestError,
} from './approval.errors.ts';
import { recordRequest, type ApprovalService } from './approval.service.ts';
import { isPerson, type ApprovalRequest, type ApprovalStatus } from './approval.ts';
import * as store from './approval.store.ts';
import type { GuardedActions } from './guarded-actions.service.ts';

export interface ApprovalDecisionOptions {
  readonly database: Database;
  readonly clock: Clock;
  readonly log: Logger;
  readonly approvals: ApprovalService;
  readonly actions: GuardedActions;
}

export interface Decision {
  readonly id: string;
  readonly note: string | null;
}

const atOnce = 200;
const mostAttempts = 20;
const tryAgainMs = 60_000;
/** Kinds of failures that may be over the next time. */
const passing: ReadonlySet<string> = new Set(['unavailable', 'rate_limited', 'internal']);

/** Decides about what waits for approval, and does what was approved: once, also after a crash in between. */
export class ApprovalDecisions {
  readonly #options: ApprovalDecisionOptions;
  constructor(options: ApprovalDecisionOptions) {
    this.#options = options;
  }

  /**
   * Approves a request and does it. The approval is on record before anything is done. Asked again by the same person
   * it does nothing more. Throws for the requester, for callers who are no people, and above the caller's own limit.
   */
  async approve(principal: Principal, { id, note }: Decision): Promise<ApprovalRequest> {
    const tenantId = principal.tenant!;
    const { database, approvals } = this.#options;
    return database.apart(async () => {
      const approved = await database.transaction(tenantId, async (transaction) => {
        const before = await this.#lock(transaction, principal, id);
        if (before.decidedBy === principal.subject && before.status !== 'rejected') return before;
        assertPending(before, this.#options.clock.now());
        if (!(await approvals.isWithinLimitIn(transaction, principal, before))) throw new ApproverLimitError();
        return this.#decideIn(transaction, before, 'approved', principal.subject, note);
      });
      return approved.status === 'approved' ? this.execute(tenantId, approved) : approved;
    });
  }

  /** Rejects a request. Throws for the requester, who takes it back instead. */
  async reject(principal: Principal, { id, note }: Decision): Promise<ApprovalRequest> {
    return this.#options.database.transaction(principal.tenant, async (transaction) => {
      const before = await this.#lock(transaction, principal, id);
      if (before.decidedBy === principal.subject && before.status === 'rejected') return before;
      assertPending(before, this.#options.clock.now());
      return this.#decideIn(transaction, before, 'rejected', principal.subject, note);
    });
  }

  /** Takes a request of one's own back. */
  async cancel(principal: Principal, id: string): Promise<ApprovalRequest> {
    return this.#options.database.transaction(principal.tenant, async (transaction) => {
      const before = await store.findRequestForUpdate(transaction, id);
      if (before === undefined || before.requestedBy !== principal.subject)
        throw new NotFoundError('approval request of yours', id);
      if (before.status === 'canceled') return before;
      assertPending(before, this.#options.clock.now());
      return this.#decideIn(transaction, before, 'canceled', principal.subject, null);
    });
  }

  /** Does what was approved. What may pass stays approved for the next try; anything else ends it as failed. */
  async execute(tenantId: string, { id, disputeId }: ApprovalRequest): Promise<ApprovalRequest> {
    const { database, actions, approvals, log } = this.#options;
    return database.apart(async () => {
      const attempted = await database.transaction(tenantId, (transaction) => this.#attemptIn(transaction, id));
      if (attempted.status !== 'approved') return attempted;
      try {
        await runInAction({ disputeId, approvalRequestId: id }, () => actions.execute(tenantId, attempted));
        if ((await approvals.get(tenantId, id)).status === 'approved') throw new ApprovalOvertakenError();
      } catch (error) {
        log.warn({ err: error, tenantId, approvalRequestId: id }, 'what was approved cannot be done now');
        await database.transaction(tenantId, (transaction) => this.#failIn(transaction, id, error));
      }
      return approvals.get(tenantId, id);
    });
  }

  /** Ends what nobody decided about, and does what was approved and is not done. Gives how many were done. */
  async resume(tenantId: string): Promise<number> {
    const { database, approvals, clock } = this.#options;
    await database.transaction(tenantId, (transaction) => approvals.expireIn(transaction));
    const triedBefore = new Date(clock.now().getTime() - tryAgainMs);
    const open = await database.transaction(tenantId, (transaction) =>
      store.listUnexecuted(transaction, triedBefore, atOnce),
    );
    let done = 0;
    for (const request of open) if ((await this.execute(tenantId, request)).status === 'executed') done += 1;
    return done;
  }

  async #lock(transaction: Transaction, principal: Principal, id: string): Promise<ApprovalRequest> {
    if (!isPerson(principal)) throw new ApproverNotAPersonError();
    const request = await store.findRequestForUpdate(transaction, id);
    if (request === undefined) throw new NotFoundError('approval request', id);
    if (request.requestedBy === principal.subject) throw new OwnRequestError();
    return request;
  }

  async #decideIn(
    transaction: Transaction,
    before: ApprovalRequest,
    status: ApprovalStatus,
    decidedBy: string,
    decisionNote: string | null,
  ): Promise<ApprovalRequest> {
    const decidedAt = this.#options.clock.now();
    const after = { ...before, status, decidedBy, decidedAt, decisionNote, version: before.version + 1 };
    await store.updateRequest(transaction, after);
    recordRequest(transaction, `approval.${status}`, before, after);
    return after;
  }

  async #attemptIn(transaction: Transaction, id: string): Promise<ApprovalRequest> {
    const before = (await store.findRequestForUpdate(transaction, id))!;
    if (before.status !== 'approved') return before;
    const after = { ...before, attempts: before.attempts + 1, attemptedAt: this.#options.clock.now() };
    await store.updateRequest(transaction, after);
    return after;
  }

  async #failIn(transaction: Transaction, id: string, error: unknown): Promise<void> {
    const before = (await store.findRequestForUpdate(transaction, id))!;
    const isKnown = error instanceof DomainError;
    const mayPass = !isKnown || passing.has(error.kind);
    if (before.status !== 'approved' || (mayPass && before.attempts < mostAttempts)) return;
    const after: ApprovalRequest = {
      ...before,
      status: 'failed',
      failureCode: isKnown ? error.code : 'internal',
      failureMessage: isKnown ? error.message : 'It failed for an unknown reason.',
      version: before.version + 1,
    };
    await store.updateRequest(transaction, after);
    recordRequest(transaction, 'approval.failed', before, after);
  }
}

function assertPending({ status, expiresAt }: ApprovalRequest, now: Date): void {
  if (status !== 'pending') throw new ApprovalDecidedError(status);
  if (expiresAt <= now) throw new ApprovalDecidedError('expired');
}
