import type { Mail, Transaction } from '@plinth/common';
import { resolveLocale, type Locale } from './locale.ts';
import type { MailService } from './mail.service.ts';
import { renderSecurityMail, type SecurityChange } from './security-mails.ts';
import type { MailRecipient } from './sign-in-mails.ts';

/** Whom a mail goes to: somebody's address, and their own language if they have one. */
export interface MailTarget {
  readonly email: string;
  readonly locale?: string | null | undefined;
}

export interface AccountMailServiceOptions {
  readonly mails: MailService;
  readonly productName: string;
  /** Public URL of the platform: links are made of it alone, whatever the request says. */
  readonly baseUrl: string;
}

/** Sends mails about accounts: in the language of whom they go to, with links to our own pages. */
export class AccountMailService {
  readonly #options: AccountMailServiceOptions;

  constructor(options: AccountMailServiceOptions) {
    this.#options = options;
  }

  /** A link to a page of ours; a token travels in its query. */
  link(path: `/${string}`, token?: string): string {
    return this.#options.baseUrl + path + (token === undefined ? '' : `?token=${encodeURIComponent(token)}`);
  }

  /** Queues a mail with the transaction. `asked`: the language of the request that caused it. */
  async send(
    transaction: Transaction,
    target: MailTarget,
    asked: Locale | undefined,
    render: (recipient: MailRecipient) => Mail,
  ): Promise<void> {
    const { mails, productName } = this.#options;
    const locale = resolveLocale(target.locale, asked);
    await mails.send(transaction, render({ to: target.email, locale, productName }));
  }

  /** Tells the owner of an account that it was changed. */
  async notify(transaction: Transaction, target: MailTarget, change: SecurityChange): Promise<void> {
    await this.send(transaction, target, undefined, (recipient) =>
      renderSecurityMail(recipient, change, this.link('/security')),
    );
  }
}
