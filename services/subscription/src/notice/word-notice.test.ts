import { expect, test } from 'vitest';
import { findLanguage } from '../document/texts/texts.ts';
import { composeNotice } from './compose-notice.ts';
import { wordNotice, type NoticeSubject } from './word-notice.ts';

const invoice = {
  number: '42',
  numberPrefix: 'INV-',
  currency: 'EUR',
  timeZone: 'Europe/Berlin',
  totalMinor: 123_456n,
  dueOn: '2024-07-15',
} as const;
const method = { brand: 'visa', last4: '4242' };
const money = { currency: 'EUR', amountMinor: 123_456n };
const dunning = { kind: 'dunning', invoice, dueMinor: 100_000n } as const;

const subjects: readonly NoticeSubject[] = [
  { kind: 'invoice_issued', invoice, dueMinor: 123_456n, method: undefined },
  { kind: 'invoice_issued', invoice, dueMinor: 123_456n, method },
  { kind: 'invoice_issued', invoice, dueMinor: 0n, method },
  { kind: 'payment_succeeded', invoice, ...money },
  { kind: 'payment_succeeded', invoice: undefined, ...money },
  { kind: 'payment_failed', invoice, ...money, method, failure: 'hard' },
  { kind: 'payment_failed', invoice, ...money, method: undefined, failure: 'soft' },
  { kind: 'payment_failed', invoice: undefined, ...money, method, failure: 'authentication' },
  { ...dunning, notice: 'first', action: 'none' },
  { ...dunning, notice: 'second', action: 'pause_subscriptions' },
  { ...dunning, notice: 'last', action: 'cancel_subscriptions' },
  { ...dunning, notice: 'a text of our own', action: 'none' },
  { kind: 'card_expiring', method, expiresOn: '2024-08-31' },
];

test.each(['en', 'de-AT', 'fr', 'es'])('words every notice whole in %s', (tag) => {
  const reader = {
    name: 'Adventure Works AG',
    language: findLanguage(tag),
    issuer: 'Northwind Cloud GmbH',
    contact: 'billing@northwind.example',
  };
  expect(subjects.map((subject) => wordNotice(subject, reader))).toMatchSnapshot();
});

test('writes to readers of other languages in English', () => {
  const reader = { name: 'Acme', language: findLanguage('ja'), issuer: 'Northwind', contact: null };
  expect(wordNotice(subjects[0]!, reader).subject).toBe('Invoice INV-000042 from Northwind');
});

test('writes names as text, whatever they contain', () => {
  const language = findLanguage('en');
  const reader = { name: '<b>"A&B"</b>', language, issuer: 'Northwind', contact: null };
  const mail = composeNotice({
    ...wordNotice(subjects[0]!, reader),
    to: 'a@example.test',
    replyTo: null,
    language: 'en',
    attachments: [],
  });
  expect(mail.html).toContain('&lt;b&gt;&quot;A&amp;B&quot;&lt;/b&gt;');
  expect(mail.text).toContain('Dear <b>"A&B"</b>,');
  expect(mail.headers).toEqual({ 'Auto-Submitted': 'auto-generated', 'Content-Language': 'en' });
});
