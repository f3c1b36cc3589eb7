import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSmtpTransport, Secret } from '@plinth/common';
import {
  eventually,
  findFreePort,
  requirePeers,
  startPeer,
  startTestServer,
  type RunningPeer,
  type TestServer,
} from '@plinth/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildPayer, relayEvents, startPayments, type PaymentsUnderTest } from '../../test/payment.builders.ts';

const peers = requirePeers('aiosmtpd');

describe.skipIf(peers.skip)('a notice through a real SMTP server', () => {
  let directory: string;
  let port: number;
  let server: RunningPeer | undefined;
  let payments: PaymentsUnderTest;
  let postgres: TestServer;

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'plinth-notices-'));
    port = await findFreePort();
    const from = 'Northwind <billing@northwind.example>';
    postgres = await startTestServer();
    const mail = createSmtpTransport(new Secret(`smtp://127.0.0.1:${port}`), from);
    payments = await startPayments(300, { mail, postgresUrl: postgres.url });
  });
  afterAll(async () => {
    await payments?.stop();
    await server?.stop();
    await postgres?.stop();
    await rm(directory, { recursive: true, force: true });
  });

  const flush = () => payments.under.instance.jobs!.find(({ name }) => name === 'subscription.send-notices')!.run({});
  async function received(): Promise<string[]> {
    const folder = join(directory, 'mailbox', 'new');
    const files = await readdir(folder).catch(() => []);
    return Promise.all(files.map((file) => readFile(join(folder, file), 'utf8')));
  }

  test('waits while the server is away, and arrives once with the PDF when it is back', async () => {
    const payer = await buildPayer(payments, ['10'], false);
    const account = payments.platform.accounts.get(payer.account.id)!;
    payments.platform.accounts.set(account.id, {
      ...account,
      billing: { email: 'jürgen@kunde.example', language: 'de' },
    });
    await relayEvents(payments.under);
    await flush();
    const notices = async () => (await payer.get('/payments/notices')).data;
    expect(await notices()).toMatchObject([{ status: 'pending' }]);
    const parameters = ['-n', '-l', `127.0.0.1:${port}`, '-c', 'aiosmtpd.handlers.Mailbox', join(directory, 'mailbox')];
    server = await startPeer(peers.paths.aiosmtpd, ['-u', ...parameters], { waitFor: { port } });
    payments.clock.time = new Date(payments.clock.time.getTime() + 3_600_000);
    await flush();
    await flush();
    expect(await notices()).toMatchObject([{ status: 'sent', recipient: 'jürgen@kunde.example' }]);
    const messages = await eventually(async () => {
      const all = await received();
      return all.length > 0 ? all : undefined;
    });
    expect(messages).toHaveLength(1);
    const [message] = messages;
    expect(message).toMatch(/^From: Northwind <billing@northwind\.example>$/m);
    expect(message).toMatch(/^Subject: Rechnung INV-\d+ von Northwind$/m);
    expect(message).toMatch(/^Content-Language: de$/m);
    expect(message).toMatch(/^Auto-Submitted: auto-generated$/m);
    expect(message).toMatch(/^Content-Type: application\/pdf; name=INV-\d+\.pdf$/m);
    const pdf = /Content-Type: application\/pdf[\s\S]*?\r?\n\r?\n([A-Za-z0-9+/=\r\n]+)/.exec(message!)![1]!;
    expect(Buffer.from(pdf, 'base64').subarray(0, 5).toString()).toBe('%PDF-');
  });
});
