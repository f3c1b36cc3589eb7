import type { Database } from '@plinth/common';
import type { accountContract, ContractFunctions, tenantContract } from '@plinth/contracts';
import type { CreditNoteService } from '../credit-note/credit-note.service.ts';
import type { Invoice, InvoiceLine } from '../invoice/invoice.ts';
import { printedNumber } from '../invoice/invoice.ts';
import type { InvoiceService } from '../invoice/invoice.service.ts';
import type { LegalEntityService } from '../legal-entity/legal-entity.service.ts';
import { toCreditNoteDocument } from './credit-note-document.ts';
import type { BillingDocument, DocumentIssuer } from './document.ts';
import * as store from './document.store.ts';
import { toIssuer } from './issuer.ts';
import type { renderDocumentPdf } from './pdf/render-document-pdf.ts';
import type { UblProfile } from './ubl/profile.ts';
import { renderUbl } from './ubl/render-ubl.ts';

export interface DocumentDependencies {
  readonly database: Database;
  readonly invoices: InvoiceService;
  readonly creditNotes: CreditNoteService;
  readonly legalEntities: LegalEntityService;
  readonly account: Pick<ContractFunctions<typeof accountContract>, 'listAccountsByIds'>;
  readonly tenant: Pick<ContractFunctions<typeof tenantContract>, 'findTenant'>;
}

/** A file that is handed out. */
export interface DocumentFile {
  readonly name: string;
  readonly content: Buffer;
}

const linesAtOnce = 500;

/** Invoices as files for people and for machines. Nothing is stored: a final invoice gives the same bytes whenever it is asked for. */
export class DocumentService {
  readonly #dependencies: DocumentDependencies;
  constructor(dependencies: DocumentDependencies) {
    this.#dependencies = dependencies;
  }

  /** The invoice as a PDF; drafts and void ones are marked as such across every page. */
  async renderInvoicePdf(tenantId: string, invoiceId: string): Promise<DocumentFile> {
    const document = await this.getDocument(tenantId, invoiceId);
    const names = new LineNames();
    const lines = this.#withNames(tenantId, document, names, this.listLines(tenantId, invoiceId));
    const content = await renderPdf({ document, lines, groupOf: (line) => names.find(line) });
    return { name: `${document.number ?? 'draft'}.pdf`, content };
  }

  /** The invoice as an e-invoice: EN 16931 in UBL 2.1. Throws with all that is missing for it. */
  async renderInvoiceUbl(tenantId: string, invoiceId: string, profile: UblProfile): Promise<DocumentFile> {
    const document = await this.getDocument(tenantId, invoiceId);
    const lines: InvoiceLine[] = [];
    for await (const some of this.listLines(tenantId, invoiceId)) lines.push(...some);
    return { name: `${document.number ?? 'draft'}.xml`, content: Buffer.from(renderUbl(document, lines, profile)) };
  }

  /** The credit note as a PDF. */
  async renderCreditNotePdf(tenantId: string, creditNoteId: string): Promise<DocumentFile> {
    const { document, lines } = await this.#getCreditNote(tenantId, creditNoteId);
    const names = new LineNames();
    const content = await renderPdf({
      document,
      lines: this.#withNames(tenantId, document, names, [lines]),
      groupOf: (line) => names.find(line),
    });
    return { name: `${document.number}.pdf`, content };
  }

  /** The credit note as an e-invoice. */
  async renderCreditNoteUbl(tenantId: string, creditNoteId: string, profile: UblProfile): Promise<DocumentFile> {
    const { document, lines } = await this.#getCreditNote(tenantId, creditNoteId);
    return { name: `${document.number}.xml`, content: Buffer.from(renderUbl(document, lines, profile)) };
  }

  /** What an invoice says, apart from its lines. */
  async getDocument(tenantId: string, invoiceId: string): Promise<BillingDocument> {
    const { database, invoices } = this.#dependencies;
    const { invoice } = await invoices.getInvoice(tenantId, invoiceId);
    const issuer = await this.getIssuer(tenantId, invoice);
    return database.transaction(tenantId, async (transaction) => {
      const until = invoice.finalizedAt ?? invoice.updatedAt;
      const applied = await store.sumCreditsApplied(transaction, invoiceId, until);
      return toDocument(invoice, issuer, await store.findSpan(transaction, invoiceId), applied);
    });
  }

  /** Who issued an invoice or a credit note. */
  async getIssuer(
    tenantId: string,
    { legalEntityId, legalEntityVersion }: Pick<Invoice, 'legalEntityId' | 'legalEntityVersion'>,
  ): Promise<DocumentIssuer> {
    const { legalEntities, tenant } = this.#dependencies;
    const [issued, now, own] = await Promise.all([
      legalEntities.getVersion(tenantId, legalEntityId, legalEntityVersion),
      legalEntities.get(tenantId, legalEntityId),
      tenant.findTenant({ tenantId }),
    ]);
    return toIssuer(issued, now, own?.name ?? '');
  }

  /** All lines of an invoice, some at a time. */
  async *listLines(tenantId: string, invoiceId: string): AsyncGenerator<readonly InvoiceLine[]> {
    let cursor: string | undefined;
    do {
      const page = await this.#dependencies.invoices.listLines(tenantId, invoiceId, linesAtOnce, cursor);
      yield page.data;
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
  }

  async #getCreditNote(
    tenantId: string,
    creditNoteId: string,
  ): Promise<{ readonly document: BillingDocument; readonly lines: readonly InvoiceLine[] }> {
    const { creditNotes, invoices } = this.#dependencies;
    const note = await creditNotes.get(tenantId, creditNoteId);
    const { invoice } = await invoices.getInvoice(tenantId, note.invoiceId);
    const credited = new Set(note.lines.map(({ position }) => position));
    const lines = new Map<number, InvoiceLine>();
    for await (const some of this.listLines(tenantId, note.invoiceId))
      for (const line of some) if (credited.has(line.position)) lines.set(line.position, line);
    return toCreditNoteDocument(note, invoice, await this.getIssuer(tenantId, note), lines);
  }

  /** Passes lines on once the names for their headings are known. */
  async *#withNames(
    tenantId: string,
    document: BillingDocument,
    names: LineNames,
    chunks: AsyncIterable<readonly InvoiceLine[]> | Iterable<readonly InvoiceLine[]>,
  ): AsyncGenerator<readonly InvoiceLine[]> {
    const { database, account } = this.#dependencies;
    for await (const lines of chunks) {
      const versions = names.listUnknownPlans(lines);
      const accounts = names.listUnknownAccounts(lines, document.accountId);
      const [plans, others] = await Promise.all([
        versions.length === 0
          ? []
          : database.transaction(tenantId, (transaction) => store.listPlanNames(transaction, versions)),
        accounts.length === 0 ? [] : account.listAccountsByIds({ tenantId, ids: accounts }),
      ]);
      names.add(plans, others);
      yield lines;
    }
  }
}

/** Headings of lines: the plan, and the account where somebody else pays. */
class LineNames {
  readonly #plans = new Map<string, string>();
  readonly #accounts = new Map<string, string>();

  listUnknownPlans(lines: readonly InvoiceLine[]): { planId: string; version: number }[] {
    const unknown = new Map<string, { planId: string; version: number }>();
    for (const { planId, planVersion } of lines) {
      const key = `${planId}/${planVersion}`;
      if (planId !== null && planVersion !== null && !this.#plans.has(key))
        unknown.set(key, { planId, version: planVersion });
    }
    return [...unknown.values()];
  }

  listUnknownAccounts(lines: readonly InvoiceLine[], payerId: string): string[] {
    const ids = lines.map(({ accountId }) => accountId).filter((id) => id !== payerId && !this.#accounts.has(id));
    return [...new Set(ids)];
  }

  add(plans: readonly store.PlanName[], accounts: readonly { readonly id: string; readonly name: string }[]): void {
    for (const { planId, version, name } of plans) this.#plans.set(`${planId}/${version}`, name);
    for (const { id, name } of accounts) this.#accounts.set(id, name);
  }

  find({ accountId, planId, planVersion }: InvoiceLine): string {
    const names = [this.#accounts.get(accountId), this.#plans.get(`${planId}/${planVersion}`)];
    return names.filter((name) => name !== undefined && name !== '').join('  ·  ');
  }
}

function toDocument(
  invoice: Invoice,
  issuer: DocumentIssuer,
  period: BillingDocument['period'],
  creditsMinor: bigint,
): BillingDocument {
  const { status } = invoice;
  return {
    kind: 'invoice',
    id: invoice.id,
    number: printedNumber(invoice),
    issuedAt: invoice.finalizedAt ?? invoice.updatedAt,
    timeZone: invoice.timeZone,
    dueOn: invoice.dueOn,
    period,
    currency: invoice.currency,
    issuer,
    accountId: invoice.accountId,
    customer: invoice.customer,
    subtotalMinor: invoice.subtotalMinor,
    discountMinor: invoice.discountMinor,
    taxMinor: invoice.taxMinor,
    taxes: invoice.taxes,
    totalMinor: invoice.totalMinor,
    creditsMinor,
    corrects: null,
    reason: null,
    mark: status === 'void' ? 'void' : status === 'draft' ? 'draft' : null,
  };
}

/** The renderer's fonts and compression take memory and time to load: a process that renders nothing has neither. */
async function renderPdf(...input: Parameters<typeof renderDocumentPdf>): ReturnType<typeof renderDocumentPdf> {
  return (await import('./pdf/render-document-pdf.ts')).renderDocumentPdf(...input);
}
