import type { accountContract, auditContract, ContractFunctions, meteringContract } from '@plinth/contracts';
import {
  InvalidInputError,
  NotFoundError,
  ServiceTimeoutError,
  decodeCursor,
  toPage,
  type Database,
  type DomainError,
  type Logger,
  type Page,
} from '@plinth/common';
import { z } from 'zod';
import { toResponse as toChargeback } from '../chargeback/chargeback.dto.ts';
import type { ChargebackService } from '../chargeback/chargeback.service.ts';
import { toResponse as toCreditNote } from '../credit-note/credit-note.dto.ts';
import type { CreditNoteService } from '../credit-note/credit-note.service.ts';
import { toLineResponse, toResponse as toInvoice } from '../invoice/invoice.dto.ts';
import type { InvoiceService } from '../invoice/invoice.service.ts';
import { toResponse as toPayment } from '../payment/payment.dto.ts';
import type { PaymentService } from '../payment/payment.service.ts';
import { toResponse as toRefund } from '../refund/refund.dto.ts';
import type { RefundService } from '../refund/refund.service.ts';
import { toResponse as toSubscription } from '../subscription/subscription.dto.ts';
import type { SubscriptionService } from '../subscription/subscription.service.ts';
import {
  askedParts,
  available,
  evidenceParts,
  unavailable,
  type EvidenceItem,
  type EvidencePage,
  type EvidencePart,
  type EvidencePartName,
  type EvidenceScope,
} from './evidence.ts';
import * as store from './evidence.store.ts';

export interface EvidenceOptions {
  readonly database: Database;
  readonly log: Logger;
  readonly account: Pick<ContractFunctions<typeof accountContract>, 'listAccountsByIds'>;
  readonly audit: Pick<ContractFunctions<typeof auditContract>, 'listEntries'>;
  readonly metering: Pick<ContractFunctions<typeof meteringContract>, 'listEvents'>;
  readonly subscriptions: SubscriptionService;
  readonly invoices: InvoiceService;
  readonly creditNotes: CreditNoteService;
  readonly payments: PaymentService;
  readonly refunds: RefundService;
  readonly chargebacks: ChargebackService;
  /** How long another service is waited for, in milliseconds. */
  readonly timeoutMs: number;
}

const mostSubscriptions = 500;
const placeCursor = z.tuple([z.iso.datetime(), z.uuid()]);

/** Puts together what is known about an account, or about one invoice. */
export class EvidenceService {
  readonly #options: EvidenceOptions;
  constructor(options: EvidenceOptions) {
    this.#options = options;
  }

  /** The scope of an invoice: the time that its lines bill, for who pays it or the account named. */
  async scopeOfInvoice(tenantId: string, invoiceId: string, accountId: string | undefined): Promise<EvidenceScope> {
    const { database, invoices } = this.#options;
    return database.transaction(tenantId, async (transaction) => {
      const { invoice } = await invoices.getInvoice(tenantId, invoiceId);
      const span = await store.findInvoiceSpan(transaction, invoiceId);
      const accounts = [invoice.accountId, ...span.accountIds];
      if (accountId !== undefined && !accounts.includes(accountId))
        throw new InvalidInputError([{ path: '/query/accountId', message: 'has nothing on this invoice' }]);
      const [only] = span.accountIds;
      const found = accountId ?? (span.accountIds.length === 1 ? only! : invoice.accountId);
      return { accountId: found, invoiceId, from: span.from ?? invoice.billedAt, to: span.to ?? invoice.billedAt };
    });
  }

  /** The first page of every part. What another service does not tell is unavailable, and the rest is there. */
  async view(tenantId: string, scope: EvidenceScope, limit: number): Promise<Record<EvidencePartName, EvidencePart>> {
    const load = async (part: EvidencePartName) =>
      [part, await this.loadPart(tenantId, part, scope, { limit })] as const;
    const asked = Promise.all(evidenceParts.filter((part) => askedParts.has(part)).map(load));
    // Its rejection is seen by the await below; until then it must not count as unhandled.
    asked.catch(() => {});
    const own = [];
    // One after the other, so that one view takes one connection of the pool.
    for (const part of evidenceParts) if (!askedParts.has(part)) own.push(await load(part));
    return Object.fromEntries([...own, ...(await asked)]) as Record<EvidencePartName, EvidencePart>;
  }

  /** A page of one part. */
  async loadPart(
    tenantId: string,
    part: EvidencePartName,
    scope: EvidenceScope,
    page: EvidencePage,
  ): Promise<EvidencePart> {
    switch (part) {
      case 'account':
        return this.#ask('account', () => this.#loadAccount(tenantId, scope));
      case 'subscriptions':
        return available(await this.#loadSubscriptions(tenantId, scope, page));
      case 'changes':
        return this.#loadChanges(tenantId, scope, page);
      case 'usageEvents':
        return this.#ask('metering', () => this.#loadUsage(tenantId, scope, page));
      default:
        return available(await this.#loadListed(tenantId, part, scope, page));
    }
  }

  async #loadAccount(tenantId: string, { accountId, invoiceId }: EvidenceScope): Promise<Page<EvidenceItem>> {
    const [found] = await this.#options.account.listAccountsByIds({ tenantId, ids: [accountId] });
    // What an invoice is evidence of outlives its account.
    if (found === undefined && invoiceId !== null) return { data: [], nextCursor: null };
    if (found === undefined) throw new NotFoundError('account', accountId);
    return { data: [found], nextCursor: null };
  }

  async #loadSubscriptions(
    tenantId: string,
    { accountId }: EvidenceScope,
    page: EvidencePage,
  ): Promise<Page<EvidenceItem>> {
    const { subscriptions } = this.#options;
    const { data, nextCursor } = await subscriptions.listSubscriptions(tenantId, { accountId, ...page });
    return { data: data.map((one) => toSubscription(one, subscriptions.now())), nextCursor };
  }

  async #loadChanges(tenantId: string, { accountId }: EvidenceScope, page: EvidencePage): Promise<EvidencePart> {
    const { database, audit } = this.#options;
    const resourceIds = await database.transaction(tenantId, (transaction) =>
      store.listSubscriptionIds(transaction, accountId, mostSubscriptions),
    );
    if (resourceIds.length === 0) return available({ data: [], nextCursor: null });
    return this.#ask('audit', () =>
      audit.listEntries({ tenantId, resourceType: 'subscription', resourceIds, ...page }),
    );
  }

  async #loadUsage(
    tenantId: string,
    { accountId, from, to }: EvidenceScope,
    page: EvidencePage,
  ): Promise<Page<EvidenceItem>> {
    if (from >= to) return { data: [], nextCursor: null };
    const range = { from: from.toISOString(), to: to.toISOString() };
    return this.#options.metering.listEvents({ tenantId, accountId, ...range, ...page });
  }

  async #loadListed(
    tenantId: string,
    part: store.ListedPart,
    scope: EvidenceScope,
    { limit, cursor }: EvidencePage,
  ): Promise<Page<EvidenceItem>> {
    const after = decodeCursor(cursor, placeCursor);
    return this.#options.database.transaction(tenantId, async (transaction) => {
      const places = await store.listPlaces(transaction, part, scope, {
        limit: limit + 1,
        after,
      });
      const page = toPage(
        places,
        limit,
        ({ id, at }) => [at.toISOString(), id],
        (place) => place,
      );
      const data: EvidenceItem[] = [];
      for (const place of page.data) data.push(await this.#loadItem(tenantId, part, place));
      return { data, nextCursor: page.nextCursor };
    });
  }

  async #loadItem(tenantId: string, part: store.ListedPart, place: store.Place): Promise<EvidenceItem> {
    const { invoices, creditNotes, payments, refunds, chargebacks } = this.#options;
    const { id } = place;
    switch (part) {
      case 'invoices': {
        const { invoice, lines } = await invoices.getInvoice(tenantId, id);
        return { ...toInvoice(invoice), lines: lines.data.map(toLineResponse), nextLinesCursor: lines.nextCursor };
      }
      case 'creditNotes':
        return toCreditNote(await creditNotes.get(tenantId, id));
      case 'payments':
        return toPayment(await payments.getPayment(tenantId, id));
      case 'refunds':
        return toRefund(await refunds.getRefund(tenantId, id));
      case 'chargebacks':
        return toChargeback(await chargebacks.getChargeback(tenantId, id));
      case 'credits':
      case 'notices':
        return toItem(place);
    }
  }

  /** Asks another service, but not for long. An account that does not exist and a wrong cursor are the caller's mistake. */
  async #ask(service: string, load: () => Promise<Page<EvidenceItem>>): Promise<EvidencePart> {
    const { log, timeoutMs } = this.#options;
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => reject(new ServiceTimeoutError(service)), timeoutMs);
    });
    try {
      return available(await Promise.race([load(), late]));
    } catch (error) {
      const { kind, code = 'internal' } = error as Partial<DomainError>;
      if (kind === 'not_found' || kind === 'invalid') throw error;
      log.warn({ err: error, service }, 'a part of the evidence is not available');
      return unavailable(code);
    } finally {
      clearTimeout(timer);
    }
  }
}

function toItem(row: object): EvidenceItem {
  const entries = Object.entries(row).map(([name, value]: [string, unknown]) => [
    name,
    value instanceof Date ? value.toISOString() : value,
  ]);
  return Object.fromEntries(entries) as EvidenceItem;
}
