import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Secret } from '../config/secret.ts';
import { newId } from '../clock/clock.ts';
import { ServiceUnavailableError } from '../errors/common.errors.ts';
import type { Logger } from '../logging/logger.ts';
import type { Mail, MailTransport } from './mail.ts';

const connectTimeoutMs = 10_000;
const answerTimeoutMs = 30_000;

/**
 * Hands mail to an SMTP server (RFC 5321). `smtps:` speaks TLS from the start; `smtp:` takes STARTTLS when the server
 * offers it, and insists on it when the URL carries a password for another machine.
 */
export function createSmtpTransport(url: Secret, from: string): MailTransport {
  const { hostname, password } = new URL(url.reveal());
  const isLocal = ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
  const load = async () => {
    // Loaded by the first mail: a process that sends none does not pay for it.
    const { createTransport } = await import('nodemailer');
    return createTransport({
      url: url.reveal(),
      requireTLS: password !== '' && !isLocal,
      pool: true,
      maxConnections: 2,
      connectionTimeout: connectTimeoutMs,
      socketTimeout: answerTimeoutMs,
    } as never);
  };
  let loading: ReturnType<typeof load> | undefined;
  return {
    delivers: true,
    async send(mail) {
      const transport = await (loading ??= load());
      await transport.sendMail(toMessage(mail, from));
    },
    async close() {
      (await loading)?.close();
    },
  };
}

/** Keeps mail as files (RFC 5322) in a folder, for a laptop without a mail server. */
export function createFileTransport(directory: string, from: string, log: Logger): MailTransport {
  return {
    delivers: false,
    async send(mail) {
      const { createTransport } = await import('nodemailer');
      const composed = (await createTransport({ streamTransport: true, buffer: true } as never).sendMail(
        toMessage(mail, from),
      )) as unknown as { message: Buffer };
      await mkdir(directory, { recursive: true, mode: 0o700 });
      const file = join(directory, `${newId()}.eml`);
      await writeFile(`${file}.part`, composed.message, { mode: 0o600 });
      await rename(`${file}.part`, file);
      log.info({ to: mail.to, subject: mail.subject, file }, 'a mail was kept as a file: no SMTP_URL is set');
    },
    close: () => Promise.resolve(),
  };
}

/** Refuses every mail: there is neither a mail server nor a folder. Whoever sends tries again later. */
export function createMissingTransport(): MailTransport {
  return {
    delivers: false,
    send: (_mail: Mail) => Promise.reject(new ServiceUnavailableError('the mail server (SMTP_URL is not set)')),
    close: () => Promise.resolve(),
  };
}

function toMessage({ headers, attachments = [], ...mail }: Mail, from: string) {
  return {
    ...mail,
    from,
    headers: { ...headers },
    attachments: attachments.map(({ name, ...attachment }) => ({ ...attachment, filename: name })),
  };
}
