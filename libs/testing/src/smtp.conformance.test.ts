import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSmtpTransport, Secret, type Mail, type MailTransport } from '@plinth/common';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { eventually } from './eventually.ts';
import { findFreePort } from './free-port.ts';
import { requirePeers } from './peers.ts';
import { startPeer, type RunningPeer } from './run-peer.ts';

const peers = requirePeers('aiosmtpd');
const mail: Mail = {
  to: 'jürgen@example.com',
  subject: 'Grüße – bestätigen Sie Ihre Adresse',
  text: 'Grüße! Ihr Code ist 123456.\n.\nEine Zeile mit einem Punkt am Anfang endet keine Nachricht.',
  html: '<p>Ihr Code ist <b>123456</b>.</p>',
  headers: { 'List-Unsubscribe': '<https://plinth.example/u/1>' },
};

describe.skipIf(peers.skip)('mail through a real SMTP server', () => {
  let directory: string;
  let port: number;
  let server: RunningPeer | undefined;
  let transport: MailTransport;

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'plinth-smtp-'));
    port = await findFreePort();
    transport = createSmtpTransport(new Secret(`smtp://127.0.0.1:${port}`), 'Plinth <no-reply@plinth.example>');
  });
  afterEach(() => server?.stop());
  afterAll(async () => {
    await transport?.close();
    await rm(directory, { recursive: true, force: true });
  });

  async function startServer(): Promise<void> {
    const parameters = ['-n', '-l', `127.0.0.1:${port}`, '-c', 'aiosmtpd.handlers.Mailbox', join(directory, 'mailbox')];
    server = await startPeer(peers.paths.aiosmtpd, ['-u', ...parameters], { waitFor: { port } });
  }

  async function received(): Promise<string[]> {
    const folder = join(directory, 'mailbox', 'new');
    const files = await readdir(folder).catch(() => []);
    return Promise.all(files.map((file) => readFile(join(folder, file), 'utf8')));
  }

  test('arrives whole: sender, recipient, letters of all kinds, both forms and further fields', async () => {
    await startServer();
    await transport.send(mail);
    const [message] = await eventually(async () => {
      const messages = await received();
      return messages.length > 0 ? messages : undefined;
    });
    expect(message).toMatch(/^From: Plinth <no-reply@plinth\.example>$/m);
    // The envelope, as the server writes it down (RFC 6531, RFC 2047).
    expect(message).toMatch(/^X-RcptTo: =\?utf-8\?q\?j=C3=BCrgen=40example=2Ecom\?=$/m);
    expect(message).toMatch(/^List-Unsubscribe: <https:\/\/plinth\.example\/u\/1>$/m);
    expect(message).toMatch(/^Content-Type: multipart\/alternative/m);
    expect(joinLines(message!)).toContain(mail.text.replaceAll('ü', '=C3=BC').replaceAll('ß', '=C3=9F'));
    expect(message).toContain('<b>123456</b>');
  });

  test('says that a server is away, and sends again when it is back', async () => {
    await expect(transport.send(mail)).rejects.toMatchObject({ code: expect.stringMatching(/ESOCKET|ECONNECTION/) });
    await startServer();
    await expect(transport.send({ ...mail, to: 'ada@example.com' })).resolves.toBeUndefined();
  });

  test('breaks no header with what stands in an address or a subject', async () => {
    await startServer();
    const before = (await received()).length;
    await transport.send({ ...mail, to: 'ada@example.com', subject: 'Hello\r\nBcc: eve@example.com' });
    const messages = await eventually(async () => {
      const all = await received();
      return all.length > before ? all : undefined;
    });
    expect(messages.some((message) => /^Bcc:/m.test(message))).toBe(false);
    expect(messages.some((message) => /^X-RcptTo: .*eve@example\.com/m.test(message))).toBe(false);
  });
});

/** Long lines joined again (RFC 2045); letters stay as they were encoded. */
function joinLines(text: string): string {
  return text.replaceAll(/=\r?\n/g, '');
}
