/**
 * What a failure to send says about the mail. refused: the server will not take it; passing: it was surely not taken, and
 * may be tried again; unknown: the connection ended while the server may have taken it.
 */
export type MailFailure = 'refused' | 'passing' | 'unknown';

/** Reads what an SMTP transport threw, by the server's reply (RFC 5321, 4.2.1) or the step that failed. */
export function classifyMailFailure(error: unknown): MailFailure {
  const { responseCode, code, syscall, kind } = (error ?? {}) as {
    readonly responseCode?: unknown;
    readonly code?: unknown;
    readonly syscall?: unknown;
    readonly kind?: unknown;
  };
  // A wrong password is our mistake and not the mail's.
  if (code === 'EAUTH' || code === 'EDNS' || code === 'ETLS') return 'passing';
  if (typeof responseCode === 'number') return responseCode >= 500 ? 'refused' : 'passing';
  // An address that cannot be written in an envelope.
  if (code === 'EENVELOPE') return 'refused';
  return syscall === 'connect' || kind === 'unavailable' ? 'passing' : 'unknown';
}
