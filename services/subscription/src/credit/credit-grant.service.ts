import type { AccountSummary, ContractFunctions, accountContract } from '@plinth/contracts';
import { InvalidInputError, NotFoundError, type Clock, type Database, type Transaction } from '@plinth/common';
import type { ApprovalService } from '../approval/approval.service.ts';
import { loadPayers } from '../invoice-run/payers.ts';
import type { LegalEntityService } from '../legal-entity/legal-entity.service.ts';
import type { AdvanceCharge, AdvancePayment, AdvancePaymentService } from '../payment/advance-payment.service.ts';
import type { Payment } from '../payment/payment.ts';
import type { CreditConversion, CreditOwner, GrantResult, MoneyToTurn } from './credit-conversion.service.ts';
import { findGrant, markVoided } from './credit-grant.store.ts';
import type { CreditMovements } from './credit-movement.service.ts';
import { findPurchase, insertPurchase, type CreditPurchase } from './credit-purchase.store.ts';
import { lockWallet, lockWalletsById } from './credit-wallet.store.ts';
import { AccountPaidByOtherError, CreditUsedUpError } from './credit.errors.ts';
import type { CreditGrant, CreditTerms } from './credit.ts';

export interface CreditGrantDependencies {
  readonly database: Database;
  readonly clock: Clock;
  readonly account: Pick<ContractFunctions<typeof accountContract>, 'listAccountsByIds'>;
  readonly approvals: Pick<ApprovalService, 'guardIn'>;
  readonly entities: LegalEntityService;
  readonly advances: AdvancePaymentService;
  readonly movements: CreditMovements;
  readonly conversion: CreditConversion;
}

type Received = Parameters<AdvancePaymentService['recordIn']>[2];

/** Where the credit comes from: given, bought, or money that is there already. */
export type GrantRequestSource =
  | { readonly type: 'promotion'; readonly amountMinor: bigint }
  | { readonly type: 'received'; readonly amountMinor: bigint; readonly received: Received }
  | { readonly type: 'charge'; readonly amountMinor: bigint; readonly by: AdvanceCharge }
  | MoneyToTurn;

export interface GrantRequest {
  readonly accountId: string;
  /** The account's own when absent. */
  readonly currency: string | undefined;
  readonly terms: CreditTerms;
  readonly source: GrantRequestSource;
  readonly requestKey: string | null;
  readonly cause?: CreditPurchase['cause'];
}

/** Grants credit and takes it back. */
export class CreditGrantService {
  readonly #dependencies: CreditGrantDependencies;
  constructor(dependencies: CreditGrantDependencies) {
    this.#dependencies = dependencies;
  }

  /**
   * Grants credit. What is bought is granted once its payment has succeeded. Throws where somebody else pays the
   * account's invoices, where more is turned into credit than is there, and where a promotion is above the caller's
   * limit.
   */
  async grant(tenantId: string, request: GrantRequest): Promise<GrantResult> {
    const { database, clock, conversion } = this.#dependencies;
    const { expiresAt } = request.terms;
    if (expiresAt !== null && expiresAt <= clock.now())
      throw new InvalidInputError([{ path: '/expiresAt', message: 'must lie in the future' }]);
    const owner = await this.#resolve(tenantId, request);
    const { source } = request;
    if (source.type === 'charge') return this.#buy(tenantId, owner, request, source.by);
    return database.transaction(tenantId, async (transaction) => {
      if (source.type === 'promotion')
        return { grant: await this.#promoteIn(transaction, owner, request.terms, source.amountMinor), ...nothing };
      if (source.type === 'received') return this.#recordIn(transaction, owner, request, source);
      if (source.type === 'payment') return conversion.turnPaymentIn(transaction, owner, request.terms, source);
      return conversion.turnCreditNoteIn(transaction, owner, request.terms, source);
    });
  }

  /**
   * Takes back what remains of a grant: a promotion is over; money is where it came from again, the payment or the
   * credit note, and can be refunded there. Asking again changes nothing.
   */
  async void(tenantId: string, id: string, reason: string): Promise<CreditGrant> {
    return this.#dependencies.database.transaction(tenantId, async (transaction) => {
      const known = await getGrant(transaction, id);
      const giveBack = await this.#dependencies.conversion.lockSourceIn(transaction, known);
      await lockWalletsById(transaction, [known.walletId]);
      const grant = await getGrant(transaction, id);
      const { remainingMinor } = grant;
      if (remainingMinor === 0n && grant.voidedAt !== null) return grant;
      if (remainingMinor === 0n) throw new CreditUsedUpError(id);
      await giveBack(remainingMinor);
      const against = ({ promotion: 'promotions', payment: null, credit_note: 'receivable' } as const)[
        grant.source.type
      ];
      await this.#dependencies.movements.moveIn(transaction, [
        { grant, kind: 'void', amountMinor: -remainingMinor, invoiceId: null, reason, against },
      ]);
      await markVoided(transaction, id, this.#dependencies.clock.now());
      return getGrant(transaction, id);
    });
  }

  async #promoteIn(
    transaction: Transaction,
    owner: CreditOwner,
    terms: CreditTerms,
    amountMinor: bigint,
  ): Promise<CreditGrant> {
    const { movements, approvals } = this.#dependencies;
    const legalEntityId = await this.#legalEntityIdIn(transaction, owner);
    const wallet = await this.#lockWalletIn(transaction, owner);
    const input = { ...terms, kind: 'promotional' as const, legalEntityId, amountMinor };
    const grant = await movements.grantIn(transaction, wallet, input, 'promotions');
    const { accountId, currency } = owner;
    const expiresAt = terms.expiresAt?.toISOString() ?? null;
    await approvals.guardIn(transaction, {
      action: 'credit',
      accountId,
      currency,
      amountMinor,
      reason: terms.reason,
      input: { accountId, currency, ...terms, amountMinor: amountMinor.toString(), expiresAt },
      result: { type: 'credit_grant', id: grant.id },
    });
    return grant;
  }

  async #recordIn(
    transaction: Transaction,
    owner: CreditOwner,
    request: GrantRequest,
    { amountMinor, received }: GrantRequestSource & { readonly type: 'received' },
  ): Promise<GrantResult> {
    const legalEntityId = await this.#legalEntityIdIn(transaction, owner);
    const advance = this.#toAdvance({ ...owner, legalEntityId }, request, amountMinor);
    let isNew = false;
    const note: AdvancePayment['note'] = async (...noted) => {
      isNew = true;
      await advance.note(...noted);
    };
    const payment = await this.#dependencies.advances.recordIn(transaction, { ...advance, note }, received);
    if (isNew) await this.#guardRecordedIn(transaction, owner, request, { payment, received });
    return { payment, grant: await this.#findBought(transaction, payment), returnedMinor: 0n };
  }

  /** That money has come is somebody's word. */
  async #guardRecordedIn(
    transaction: Transaction,
    { accountId, currency }: CreditOwner,
    { terms }: GrantRequest,
    { payment, received }: { readonly payment: Payment; readonly received: Received },
  ): Promise<void> {
    const { gateway, reference, note, receivedOn } = received;
    const amountMinor = payment.amountMinor.toString();
    const expiresAt = terms.expiresAt?.toISOString() ?? null;
    await this.#dependencies.approvals.guardIn(transaction, {
      action: 'recorded_payment',
      accountId,
      currency,
      amountMinor: payment.amountMinor,
      reason: terms.reason,
      input: {
        accountId,
        currency,
        amountMinor,
        ...terms,
        expiresAt,
        received: { gateway, reference, note, receivedOn },
      },
      result: { type: 'payment', id: payment.id },
    });
  }

  /** No transaction is open while the payment method is charged. */
  async #buy(tenantId: string, owner: CreditOwner, request: GrantRequest, by: AdvanceCharge): Promise<GrantResult> {
    const { database, advances } = this.#dependencies;
    const legalEntityId = await database.apart(() =>
      database.transaction(tenantId, (transaction) => this.#legalEntityIdIn(transaction, owner)),
    );
    const advance = this.#toAdvance({ ...owner, legalEntityId }, request, request.source.amountMinor!);
    const payment = await advances.charge(tenantId, advance, by);
    return database.apart(() =>
      database.transaction(tenantId, async (transaction) => ({
        payment,
        grant: await this.#findBought(transaction, payment),
        returnedMinor: 0n,
      })),
    );
  }

  #toAdvance(
    owner: CreditOwner & { readonly legalEntityId: string },
    { terms, requestKey, cause = 'request' }: GrantRequest,
    amountMinor: bigint,
  ): AdvancePayment {
    return {
      ...owner,
      amountMinor,
      requestKey,
      description: 'Prepaid credit',
      note: async (transaction, payment) => {
        const { id: walletId } = await this.#lockWalletIn(transaction, owner);
        const createdAt = this.#dependencies.clock.now();
        await insertPurchase(transaction, { paymentId: payment.id, walletId, terms, cause, grantId: null, createdAt });
      },
    };
  }

  async #findBought(transaction: Transaction, { id }: Payment): Promise<CreditGrant | null> {
    const purchase = await findPurchase(transaction, id);
    return purchase === undefined || purchase.grantId === null ? null : getGrant(transaction, purchase.grantId);
  }

  #lockWalletIn(transaction: Transaction, { accountId, currency }: CreditOwner) {
    return lockWallet(transaction, accountId, currency, this.#dependencies.clock.now());
  }

  /** Money is received by the legal entity that bills the account. */
  async #legalEntityIdIn(transaction: Transaction, { legalEntityKey }: CreditOwner): Promise<string> {
    return (await this.#dependencies.entities.loadIn(transaction)).forKey(legalEntityKey).id;
  }

  async #resolve(tenantId: string, { accountId, currency }: GrantRequest): Promise<CreditOwner> {
    const { account } = this.#dependencies;
    const payers = await loadPayers([accountId], (ids) => account.listAccountsByIds({ tenantId, ids }));
    const found: AccountSummary | undefined = payers.find(accountId);
    if (found === undefined) throw new NotFoundError('account', accountId);
    const payerId = payers.payerIdOf(accountId);
    if (payerId !== accountId) throw new AccountPaidByOtherError(accountId, payerId);
    return { accountId, currency: currency ?? found.currency, legalEntityKey: found.billing.legalEntity };
  }
}

const nothing = { payment: null, returnedMinor: 0n } as const;

async function getGrant(transaction: Transaction, id: string): Promise<CreditGrant> {
  const grant = await findGrant(transaction, id);
  if (grant === undefined) throw new NotFoundError('credit grant', id);
  return grant;
}
