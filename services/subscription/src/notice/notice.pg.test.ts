import type { Mail, MailTransport } from '@plinth/common';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import {
  buildPayer,
  relayEvents,
  runCollection,
  startPayments,
  type PaymentsUnderTest,
} from '../../test/payment.builders.ts';

/** A mail server that can be away. */
const post = {
  mails: [] as Mail[],
  failNext: undefined as unknown,
  delivers: true,
};
const transport: MailTransport = {
  get delivers() {
    return post.delivers;
  },
  send: async (mail) => {
    const failure = post.failNext;
    post.failNext = undefined;
    if (failure !== undefined) throw failure;
    post.mails.push(mail);
  },
  close: async () => {},
};

let payments: PaymentsUnderTest;
beforeAll(async () => {
  payments = await startPayments(300, { mail: transport });
});
afterAll(() => payments.stop());
beforeEach(() => {
  payments.clock.time = new Date('2024-06-15T12:00:00Z');
  post.mails.length = 0;
});

const flush = () => payments.under.instance.jobs!.find(({ name }) => name === 'subscription.send-notices')!.run({});

/** Lets everything happen that events cause, mails too. */
async function settle(): Promise<void> {
  await relayEvents(payments.under);
  await flush();
}

/** A payer who reads German and has an address for invoices. What their first invoice causes has not happened yet. */
async function buildReader(withMethod: boolean, isAddressed = true) {
  await payments.under.takeEvents();
  const payer = await buildPayer(payments, ['10'], withMethod);
  const account = payments.platform.accounts.get(payer.account.id)!;
  const email = `${account.id}@kunde.example`;
  payments.platform.accounts.set(account.id, { ...account, billing: isAddressed ? { email, language: 'de' } : {} });
  // Other payers are told of other things meanwhile.
  const mails = () => post.mails.filter(({ to }) => to === email);
  const events = await payments.under.takeEvents();
  const finalized = events.find(({ type }) => type === 'invoice.finalized')!;
  const tell = () => payments.under.deliver('invoice.finalized', finalized.data, payer.tenantId, finalized as never);
  const put = (path: string, body: unknown) =>
    payments.under.request('PUT', path, { principal: payer.principal, body });
  const notices = async () => (await payer.get(`/payments/notices?accountId=${account.id}`)).data;
  return { ...payer, email, mails, invoice: payer.invoices[0], tellFinalized: tell, put, notices };
}

test('mails an issued invoice to the billing address, in its language, with the PDF, and once', async () => {
  const { tellFinalized, invoice, notices, tenantId, email, mails } = await buildReader(false);
  await Promise.all([tellFinalized(), tellFinalized(), tellFinalized()]);
  await flush();
  await tellFinalized();
  await flush();
  expect(mails()).toHaveLength(1);
  const [mail] = mails();
  expect(mail).toMatchObject({ to: email, subject: `Rechnung ${invoice.number} von Northwind` });
  expect(mail!.text).toContain(`Im Anhang finden Sie die Rechnung ${invoice.number} über 10,00\u00A0€.`);
  expect(mail!.text).toMatch(/Bitte zahlen Sie 10,00\u00A0€ bis zum \d+\. \p{L}+ 2024\./u);
  expect(mail!.attachments).toMatchObject([{ name: `${invoice.number}.pdf`, contentType: 'application/pdf' }]);
  expect(mail!.attachments![0]!.content.subarray(0, 5).toString()).toBe('%PDF-');
  expect(await notices()).toMatchObject([
    {
      kind: 'invoice_issued',
      invoiceId: invoice.id,
      status: 'sent',
      recipient: email,
      language: 'de',
      subject: mail!.subject,
      sentAt: '2024-06-15T12:00:00.000Z',
    },
  ]);
  const audited = (await payments.under.takeEvents()).filter(
    (event) => (event.data as { action?: string }).action === 'notice.sent',
  );
  expect(audited).toMatchObject([{ tenant: tenantId, data: { after: { recipient: email } } }]);
});

test('an agent sees in the evidence of an invoice who was mailed what and when', async () => {
  const { tellFinalized, invoice, get, email } = await buildReader(false);
  await tellFinalized();
  await flush();
  const evidence = await get(`/disputes/evidence/notices?invoiceId=${invoice.id}`);
  expect(evidence.data).toMatchObject([{ kind: 'invoice_issued', status: 'sent', recipient: email }]);
});

test('says what is charged by itself, and tells of a charge that failed, once reminders do not speak of it', async () => {
  const { tellFinalized, invoice, notices, mails } = await buildReader(true);
  payments.stripe.failNext('/v1/payment_intents', { kind: 'declined', declineCode: 'insufficient_funds' });
  await tellFinalized();
  await flush();
  await runCollection(payments.under);
  await settle();
  expect(mails().map(({ subject }) => subject)).toEqual([
    `Rechnung ${invoice.number} von Northwind`,
    'Ihre Zahlung an Northwind ist nicht gelungen',
  ]);
  expect(mails()[1]!.text).toContain('Wir versuchen es noch einmal.');
  payments.clock.time = new Date(Date.parse(`${invoice.dueOn}T12:00:00Z`) + 86_400_000);
  payments.stripe.failNext('/v1/payment_intents', { kind: 'declined', declineCode: 'insufficient_funds' });
  await runCollection(payments.under);
  await settle();
  expect(mails().slice(2)).toMatchObject([
    { subject: `Zahlungserinnerung zur Rechnung ${invoice.number}`, attachments: [{ name: `${invoice.number}.pdf` }] },
  ]);
  expect(await notices()).toMatchObject([
    { kind: 'dunning', status: 'sent' },
    { kind: 'payment_failed', status: 'skipped', reason: 'superseded' },
    { kind: 'payment_failed', status: 'sent' },
    { kind: 'invoice_issued', status: 'sent' },
  ]);
});

test('reminds nobody of what was paid before the reminder went out', async () => {
  const { invoice, post: send, notices, mails } = await buildReader(false);
  payments.clock.time = new Date(Date.parse(`${invoice.dueOn}T12:00:00Z`) + 86_400_000);
  await runCollection(payments.under);
  expect((await send(`/invoices/${invoice.id}/pay`, { received: { by: 'manual' } })).status).toBe(200);
  await settle();
  expect(mails()).toEqual([]);
  expect(await notices()).toMatchObject([{ kind: 'dunning', status: 'skipped', reason: 'settled' }]);
});

test('tells of a card that expires', async () => {
  const { method, tenantId, account, mails } = await buildReader(true);
  payments.clock.time = new Date(Date.UTC(method.expiryYear, method.expiryMonth, 0) - 5 * 86_400_000);
  await payments.under.takeEvents();
  await runCollection(payments.under);
  const events = await payments.under.takeEvents();
  const expiring = events.find(({ type, tenant }) => type === 'payment_method.expiring' && tenant === tenantId)!;
  expect(expiring.data).toMatchObject({ accountId: account.id });
  await payments.under.deliver('payment_method.expiring', expiring.data, tenantId, expiring as never);
  await flush();
  expect(mails()).toMatchObject([{ subject: 'Ihre Karte bei Northwind läuft bald ab' }]);
  expect(mails()[0]!.text).toContain(method.last4);
});

test('sends only what the tenant, or the legal entity, asks for', async () => {
  const { put, tellFinalized, tenantId, post: send, invoice, notices, get, mails } = await buildReader(false);
  expect(await get('/payments/notice-settings')).toMatchObject({
    data: [],
    enabled: true,
    defaultKinds: ['invoice_issued', 'payment_failed', 'dunning', 'card_expiring'],
  });
  await put('/payments/notice-settings/default', { kinds: ['invoice_issued'] });
  expect((await put(`/payments/notice-settings/${tenantId}`, { kinds: ['payment_succeeded'] })).status).toBe(200);
  await tellFinalized();
  await send(`/invoices/${invoice.id}/pay`, { received: { by: 'manual' } });
  await settle();
  expect(await notices()).toMatchObject([{ kind: 'payment_succeeded', status: 'sent' }]);
  expect(mails()[0]!.text).toContain(`Wir haben 10,00\u00A0€ für die Rechnung ${invoice.number} erhalten.`);
});

test('refuses settings of a legal entity that does not exist, of an unknown kind and of a kind named twice', async () => {
  const { put, account } = await buildReader(false);
  expect((await put(`/payments/notice-settings/${account.id}`, { kinds: [] })).status).toBe(404);
  expect((await put('/payments/notice-settings/default', { kinds: ['birthday'] })).status).toBe(400);
  expect((await put('/payments/notice-settings/default', { kinds: ['dunning', 'dunning'] })).status).toBe(400);
});

test('mails nobody from a sandbox, and nobody without an address', async () => {
  const sandbox = await buildReader(false);
  payments.platform.testClocks.set(sandbox.tenantId, null);
  await sandbox.tellFinalized();
  const nameless = await buildReader(false, false);
  await nameless.tellFinalized();
  await flush();
  expect(sandbox.mails()).toEqual([]);
  expect(await sandbox.notices()).toMatchObject([{ status: 'skipped', reason: 'sandbox' }]);
  expect(await nameless.notices()).toMatchObject([{ status: 'skipped', reason: 'no_address' }]);
});

test('tries again while the mail server is away, and gives up what it refuses or may have taken', async () => {
  const away = await buildReader(false);
  post.failNext = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ESOCKET', syscall: 'connect' });
  await away.tellFinalized();
  await flush();
  expect(await away.notices()).toMatchObject([{ status: 'pending', reason: 'connect ECONNREFUSED' }]);
  await flush();
  expect(away.mails()).toEqual([]);
  payments.clock.time = new Date(payments.clock.time.getTime() + 61_000);
  await flush();
  expect(await away.notices()).toMatchObject([{ status: 'sent', reason: null }]);
  const refused = await buildReader(false);
  post.failNext = Object.assign(new Error('550 no such mailbox'), { code: 'EENVELOPE', responseCode: 550 });
  await refused.tellFinalized();
  await flush();
  expect(await refused.notices()).toMatchObject([{ status: 'refused', reason: '550 no such mailbox' }]);
  const lost = await buildReader(false);
  post.failNext = Object.assign(new Error('timeout'), { code: 'ETIMEDOUT' });
  await lost.tellFinalized();
  await flush();
  payments.clock.time = new Date(payments.clock.time.getTime() + 2 * 86_400_000);
  await flush();
  expect(await lost.notices()).toMatchObject([{ status: 'unknown', reason: 'timeout' }]);
  expect([away, refused, lost].map(({ mails }) => mails().length)).toEqual([1, 0, 0]);
});

test('does not send again what a process that ended was just handing over', async () => {
  const { tellFinalized, notices, tenantId, mails } = await buildReader(false);
  post.failNext = Object.assign(new Error('away'), { code: 'EDNS' });
  await tellFinalized();
  await flush();
  await payments.under.database.transaction(tenantId, (transaction) =>
    transaction.execute(`UPDATE subscription.notices SET status = 'sending'`),
  );
  payments.clock.time = new Date(payments.clock.time.getTime() + 3_600_000);
  await flush();
  expect(mails()).toEqual([]);
  expect(await notices()).toMatchObject([{ status: 'unknown', reason: 'interrupted' }]);
});

test('nothing is written down or sent without a mail server', async () => {
  const other = await startPayments(300, { mail: { ...transport, delivers: false } });
  try {
    const payer = await buildPayer(other, ['10'], false);
    await relayEvents(other.under);
    expect(other.under.instance.jobs!.map(({ name }) => name)).not.toContain('subscription.send-notices');
    expect((await payer.get('/payments/notices')).data).toEqual([]);
    expect(await payer.get('/payments/notice-settings')).toMatchObject({ enabled: false });
    expect(post.mails).toEqual([]);
  } finally {
    await other.stop();
  }
});
