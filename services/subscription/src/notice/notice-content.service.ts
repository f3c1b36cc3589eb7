import type { accountContract, AccountSummary, ContractFunctions, tenantContract } from '@plinth/contracts';
import type { Clock, Database, Mail, MailAttachment } from '@plinth/common';
import { localDateAt } from '@plinth/common/local-date';
import type { DocumentService } from '../document/document.service.ts';
import { toIssuer } from '../document/issuer.ts';
import { findLanguage } from '../document/texts/texts.ts';
import type { InvoiceService } from '../invoice/invoice.service.ts';
import { dueMinor, type Invoice } from '../invoice/invoice.ts';
import type { LegalEntityService } from '../legal-entity/legal-entity.service.ts';
import type { PaymentMethodService } from '../payment-method/payment-method.service.ts';
import type { PaymentService } from '../payment/payment.service.ts';
import type { PaymentMethod } from '../payment-method/payment-method.ts';
import { composeNotice } from './compose-notice.ts';
import type { NoticeSettingsService } from './notice-settings.service.ts';
import type { Notice, NoticeFacts } from './notice.ts';
import { wordNotice, type NoticeSubject } from './word-notice.ts';

export interface NoticeContentOptions {
  readonly database: Database;
  readonly clock: Clock;
  readonly account: Pick<ContractFunctions<typeof accountContract>, 'listAccountsByIds'>;
  readonly tenants: Pick<ContractFunctions<typeof tenantContract>, 'findClock' | 'findTenant'>;
  readonly invoices: Pick<InvoiceService, 'getInvoice'>;
  readonly entities: Pick<LegalEntityService, 'list'>;
  readonly documents: Pick<DocumentService, 'getIssuer' | 'renderInvoicePdf'>;
  readonly methods: Pick<PaymentMethodService, 'getKnown' | 'findDefaultIn'>;
  readonly payments: Pick<PaymentService, 'getPayment'>;
  readonly settings: NoticeSettingsService;
}

/** A notice as it goes out, or why it does not. */
export type ComposedNotice =
  | { readonly mail: Mail; readonly language: string }
  | { readonly skipped: 'sandbox' | 'no_address' | 'settled' | 'superseded' };

interface Told {
  readonly subject: NoticeSubject;
  readonly invoice: Invoice | undefined;
}

/** Finds out what a notice has to say at the moment it is sent, and to whom. */
export class NoticeContents {
  readonly #options: NoticeContentOptions;
  constructor(options: NoticeContentOptions) {
    this.#options = options;
  }

  /** Skipped: sandboxes mail nobody, nor is anybody told what is over. */
  async compose(tenantId: string, notice: Notice): Promise<ComposedNotice> {
    const { account, tenants } = this.#options;
    if ((await tenants.findClock({ tenantId })).sandbox) return { skipped: 'sandbox' };
    const [customer] = await account.listAccountsByIds({ tenantId, ids: [notice.accountId] });
    const to = customer?.billing.email ?? customer?.email ?? undefined;
    if (customer === undefined || to === undefined) return { skipped: 'no_address' };
    const told = await this.#findTold(tenantId, notice);
    if (typeof told === 'string') return { skipped: told };
    return this.#write(tenantId, { to, customer, told, kind: notice.kind });
  }

  async #write(
    tenantId: string,
    {
      to,
      customer,
      told,
      kind,
    }: { readonly to: string; readonly customer: AccountSummary; readonly told: Told; readonly kind: Notice['kind'] },
  ): Promise<ComposedNotice> {
    const language = findLanguage(customer.billing.language);
    const issuer = await this.#findIssuer(tenantId, told.invoice, customer.billing.legalEntity);
    const contact = issuer.email ?? null;
    const reader = { name: customer.billing.name ?? customer.name, language, issuer: issuer.name, contact };
    const attachments: MailAttachment[] = [];
    if (told.invoice !== undefined && (kind === 'invoice_issued' || kind === 'dunning')) {
      const pdf = await this.#options.documents.renderInvoicePdf(tenantId, told.invoice.id);
      attachments.push({ ...pdf, contentType: 'application/pdf' });
    }
    const worded = wordNotice(told.subject, reader);
    const mail = composeNotice({ ...worded, to, replyTo: contact, language: language.locale, attachments });
    return { mail, language: language.code };
  }

  /** What there is to tell now; a word: nothing any more. */
  async #findTold(tenantId: string, { kind, facts }: Notice): Promise<Told | 'settled' | 'superseded'> {
    switch (kind) {
      case 'invoice_issued':
        return this.#tellInvoice(tenantId, facts as NoticeFacts<'invoice_issued'>);
      case 'dunning':
        return this.#tellReminder(tenantId, facts as NoticeFacts<'dunning'>);
      case 'payment_succeeded': {
        const { invoiceId, currency, amountMinor } = facts as NoticeFacts<'payment_succeeded'>;
        const invoice = await this.#findInvoice(tenantId, invoiceId);
        return { subject: { kind, invoice, currency, amountMinor: BigInt(amountMinor) }, invoice };
      }
      case 'payment_failed':
        return this.#tellFailure(tenantId, facts as NoticeFacts<'payment_failed'>);
      case 'card_expiring': {
        const { paymentMethodId, expiresOn } = facts as NoticeFacts<'card_expiring'>;
        const method = await this.#options.methods.getKnown(tenantId, paymentMethodId);
        // Renewing the card takes the notice back.
        if (method.status !== 'active' || method.expiryNoticeDays === null) return 'superseded';
        return { subject: { kind, method, expiresOn }, invoice: undefined };
      }
    }
  }

  async #tellInvoice(tenantId: string, { invoiceId }: NoticeFacts<'invoice_issued'>): Promise<Told | 'superseded'> {
    const invoice = (await this.#findInvoice(tenantId, invoiceId))!;
    if (invoice.status === 'void') return 'superseded';
    const method = await this.#findDefaultMethod(tenantId, invoice.accountId);
    return { subject: { kind: 'invoice_issued', invoice, dueMinor: dueMinor(invoice), method }, invoice };
  }

  async #tellReminder(tenantId: string, facts: NoticeFacts<'dunning'>): Promise<Told | 'settled'> {
    const invoice = (await this.#findInvoice(tenantId, facts.invoiceId))!;
    if (!isOpen(invoice)) return 'settled';
    const { notice, action } = facts;
    const subject = { kind: 'dunning', invoice, dueMinor: dueMinor(invoice), notice: notice ?? '', action } as const;
    return { subject, invoice };
  }

  async #tellFailure(
    tenantId: string,
    { paymentId, invoiceId, currency, amountMinor, failure }: NoticeFacts<'payment_failed'>,
  ): Promise<Told | 'settled' | 'superseded'> {
    const { payments, methods } = this.#options;
    const invoice = await this.#findInvoice(tenantId, invoiceId);
    if (invoice !== undefined && !isOpen(invoice)) return 'settled';
    if (invoice !== undefined && (await this.#isReminded(tenantId, invoice))) return 'superseded';
    const { status, paymentMethodId } = await payments.getPayment(tenantId, paymentId);
    // It went through after all.
    if (status !== 'failed') return 'superseded';
    const method = paymentMethodId === null ? undefined : await methods.getKnown(tenantId, paymentMethodId);
    const subject = { kind: 'payment_failed', invoice, currency, amountMinor: BigInt(amountMinor), method } as const;
    return { subject: { ...subject, failure: failure as 'hard' | 'soft' | 'authentication' }, invoice };
  }

  /** Once an invoice is past due, its reminders speak of what failed. */
  async #isReminded(tenantId: string, { dueOn, timeZone, legalEntityId }: Invoice): Promise<boolean> {
    const { database, clock, settings } = this.#options;
    if (dueOn === null || localDateAt(timeZone, clock.now()) <= dueOn) return false;
    const isWanted = await database.transaction(tenantId, (transaction) => settings.loadIn(transaction));
    return isWanted(legalEntityId, 'dunning');
  }

  async #findInvoice(tenantId: string, invoiceId: string | null): Promise<Invoice | undefined> {
    if (invoiceId === null) return undefined;
    return (await this.#options.invoices.getInvoice(tenantId, invoiceId)).invoice;
  }

  async #findDefaultMethod(tenantId: string, accountId: string): Promise<PaymentMethod | undefined> {
    const { database, methods } = this.#options;
    const method = await database.transaction(tenantId, (transaction) => methods.findDefaultIn(transaction, accountId));
    return method?.status === 'active' ? method : undefined;
  }

  /** Who issued the invoice; without one, who bills the account. */
  async #findIssuer(tenantId: string, invoice: Invoice | undefined, legalEntityKey: string | undefined) {
    const { documents, entities, tenants } = this.#options;
    if (invoice !== undefined) return documents.getIssuer(tenantId, invoice);
    const [all, tenant] = await Promise.all([entities.list(tenantId), tenants.findTenant({ tenantId })]);
    const entity = all.find(({ key }) => key === legalEntityKey) ?? all.find(({ id }) => id === tenantId)!;
    return toIssuer(entity, entity, tenant?.name ?? '');
  }
}

function isOpen(invoice: Invoice): boolean {
  return (invoice.status === 'finalized' || invoice.status === 'past_due') && dueMinor(invoice) > 0n;
}
