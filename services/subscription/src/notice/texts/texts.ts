import { english } from './english.ts';
import { french } from './french.ts';
import { german } from './german.ts';
import { spanish } from './spanish.ts';

/** What mails to customers say, in one language. Functions take values that are formatted already. */
export interface NoticeTexts {
  readonly greeting: (name: string) => string;
  readonly contact: (email: string) => string;
  readonly closing: (issuer: string) => string;
  /** A payment method whose brand and last digits are known. */
  readonly method: (brand: string, last4: string) => string;
  readonly otherMethod: string;
  readonly invoiceIssued: {
    readonly subject: (number: string, issuer: string) => string;
    readonly attached: (number: string, total: string) => string;
    readonly payBy: (amount: string, date: string) => string;
    /** What is charged without the customer doing anything, and by what. */
    readonly charged: (amount: string, method: string) => string;
    readonly settled: string;
  };
  readonly paymentSucceeded: {
    readonly subject: (issuer: string) => string;
    readonly received: (amount: string) => string;
    readonly receivedFor: (amount: string, number: string) => string;
  };
  readonly paymentFailed: {
    readonly subject: (issuer: string) => string;
    readonly failed: (amount: string, method: string) => string;
    readonly failedFor: (amount: string, number: string, method: string) => string;
    /** What the customer can do, by why it failed. */
    readonly advice: Readonly<Record<'hard' | 'soft' | 'authentication', string>>;
  };
  readonly dunning: {
    /** By the name of the step's text; `other` for every name that is not among them. */
    readonly subject: Readonly<Record<'first' | 'second' | 'last' | 'other', (number: string) => string>>;
    readonly open: (number: string, amount: string, date: string) => string;
    readonly request: Readonly<Record<'first' | 'second' | 'last' | 'other', string>>;
    readonly paused: string;
    readonly canceled: string;
    readonly crossed: string;
  };
  readonly cardExpiring: {
    readonly subject: (issuer: string) => string;
    readonly expires: (method: string, date: string) => string;
    readonly renew: string;
  };
}

const languages: Readonly<Record<string, NoticeTexts>> = { en: english, de: german, fr: french, es: spanish };

/** The texts in a language that documents are written in, by its code. */
export function findNoticeTexts(code: string): NoticeTexts {
  return languages[code] ?? english;
}
