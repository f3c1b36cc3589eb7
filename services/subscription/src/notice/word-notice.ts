import { createFormat, type ValueFormat } from '../document/format-values.ts';
import type { DocumentLanguage } from '../document/texts/texts.ts';
import { printedNumber, type Invoice } from '../invoice/invoice.ts';
import type { PaymentMethod } from '../payment-method/payment-method.ts';
import { findNoticeTexts, type NoticeTexts } from './texts/texts.ts';

type ShownMethod = Pick<PaymentMethod, 'brand' | 'last4'>;
type NumberedInvoice = Pick<Invoice, 'number' | 'numberPrefix' | 'currency' | 'timeZone' | 'totalMinor' | 'dueOn'>;

/** What a notice tells, as it stands when it is sent. */
export type NoticeSubject =
  | {
      readonly kind: 'invoice_issued';
      readonly invoice: NumberedInvoice;
      /** What is still to be paid. */
      readonly dueMinor: bigint;
      /** What it is charged to by itself; undefined: the customer pays. */
      readonly method: ShownMethod | undefined;
    }
  | {
      readonly kind: 'payment_succeeded';
      readonly invoice: NumberedInvoice | undefined;
      readonly currency: string;
      readonly amountMinor: bigint;
    }
  | {
      readonly kind: 'payment_failed';
      readonly invoice: NumberedInvoice | undefined;
      readonly currency: string;
      readonly amountMinor: bigint;
      readonly method: ShownMethod | undefined;
      readonly failure: 'hard' | 'soft' | 'authentication';
    }
  | {
      readonly kind: 'dunning';
      readonly invoice: NumberedInvoice;
      readonly dueMinor: bigint;
      readonly notice: string;
      readonly action: string;
    }
  | { readonly kind: 'card_expiring'; readonly method: ShownMethod; readonly expiresOn: string };

export interface NoticeReader {
  readonly name: string;
  readonly language: DocumentLanguage;
  /** Who writes to them, and where an answer goes. */
  readonly issuer: string;
  readonly contact: string | null;
}

/** Words a notice in the language of its reader. */
export function wordNotice(
  subject: NoticeSubject,
  { name, language, issuer, contact }: NoticeReader,
): { readonly subject: string; readonly paragraphs: readonly string[] } {
  const texts = findNoticeTexts(language.code);
  const worded = wordSubject(subject, { texts, locale: language.locale, issuer });
  return {
    subject: worded.subject,
    paragraphs: [
      texts.greeting(name),
      ...worded.paragraphs,
      ...(contact === null ? [] : [texts.contact(contact)]),
      texts.closing(issuer),
    ],
  };
}

interface Wording {
  readonly texts: NoticeTexts;
  readonly locale: string;
  readonly issuer: string;
}

function wordSubject(subject: NoticeSubject, wording: Wording) {
  switch (subject.kind) {
    case 'invoice_issued':
      return wordInvoice(subject, wording);
    case 'payment_succeeded':
    case 'payment_failed':
      return wordPayment(subject, wording);
    case 'dunning':
      return wordReminder(subject, wording);
    case 'card_expiring': {
      const { cardExpiring } = wording.texts;
      const date = createFormat({ locale: wording.locale, currency: 'EUR', timeZone: 'UTC' }).day(subject.expiresOn);
      return {
        subject: cardExpiring.subject(wording.issuer),
        paragraphs: [cardExpiring.expires(nameMethod(subject.method, wording.texts), date), cardExpiring.renew],
      };
    }
  }
}

function wordInvoice(
  { invoice, dueMinor, method }: NoticeSubject & { kind: 'invoice_issued' },
  { texts, locale, issuer }: Wording,
) {
  const { invoiceIssued } = texts;
  const format = formatOf(invoice, locale);
  const number = printedNumber(invoice) ?? '';
  const due = format.money(dueMinor);
  const next =
    dueMinor <= 0n
      ? [invoiceIssued.settled]
      : method !== undefined
        ? [invoiceIssued.charged(due, nameMethod(method, texts))]
        : invoice.dueOn === null
          ? []
          : [invoiceIssued.payBy(due, format.day(invoice.dueOn))];
  return {
    subject: invoiceIssued.subject(number, issuer),
    paragraphs: [invoiceIssued.attached(number, format.money(invoice.totalMinor)), ...next],
  };
}

function wordPayment(
  payment: NoticeSubject & { kind: 'payment_succeeded' | 'payment_failed' },
  { texts, locale, issuer }: Wording,
) {
  const { currency, invoice } = payment;
  const amount = createFormat({ locale, currency, timeZone: 'UTC' }).money(payment.amountMinor);
  const number = invoice === undefined ? null : printedNumber(invoice);
  if (payment.kind === 'payment_succeeded') {
    const { subject, received, receivedFor } = texts.paymentSucceeded;
    return { subject: subject(issuer), paragraphs: [number === null ? received(amount) : receivedFor(amount, number)] };
  }
  const { subject, failed, failedFor, advice } = texts.paymentFailed;
  const method = nameMethod(payment.method, texts);
  const sentence = number === null ? failed(amount, method) : failedFor(amount, number, method);
  return { subject: subject(issuer), paragraphs: [sentence, advice[payment.failure]] };
}

function wordReminder(
  { invoice, dueMinor, notice, action }: NoticeSubject & { kind: 'dunning' },
  { texts: { dunning }, locale }: Wording,
) {
  const format = formatOf(invoice, locale);
  const number = printedNumber(invoice) ?? '';
  const name = notice === 'first' || notice === 'second' || notice === 'last' ? notice : 'other';
  const date = invoice.dueOn === null ? '' : format.day(invoice.dueOn);
  return {
    subject: dunning.subject[name](number),
    paragraphs: [
      `${dunning.open(number, format.money(dueMinor), date)} ${dunning.request[name]}`,
      ...(action === 'pause_subscriptions' ? [dunning.paused] : []),
      ...(action === 'cancel_subscriptions' ? [dunning.canceled] : []),
      dunning.crossed,
    ],
  };
}

function formatOf({ currency, timeZone }: NumberedInvoice, locale: string): ValueFormat {
  return createFormat({ locale, currency, timeZone });
}

function nameMethod(method: ShownMethod | undefined, texts: NoticeTexts): string {
  const { brand = null, last4 = null } = method ?? {};
  if (brand === null || last4 === null) return texts.otherMethod;
  return texts.method(brand.charAt(0).toUpperCase() + brand.slice(1), last4);
}
