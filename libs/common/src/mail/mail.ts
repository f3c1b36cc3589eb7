/** A file that goes with a mail. */
export interface MailAttachment {
  readonly name: string;
  readonly contentType: string;
  readonly content: Buffer;
}

/** A mail to one person. */
export interface Mail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html?: string;
  /** Further header fields by name, such as `List-Unsubscribe` (RFC 8058). */
  readonly headers?: Readonly<Record<string, string>>;
  readonly attachments?: readonly MailAttachment[];
}

/** A way out for mail. */
export interface MailTransport {
  /** Whether mail leaves this machine: there is a mail server. */
  readonly delivers: boolean;
  /** Resolves when the mail was taken over by the other side. Throws when it was not; it may be tried again. */
  send(mail: Mail): Promise<void>;
  close(): Promise<void>;
}
