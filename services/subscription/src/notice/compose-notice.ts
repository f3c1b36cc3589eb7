import type { Mail, MailAttachment } from '@plinth/common';

/** A mail as it was worded: what the reader sees, in one language. */
export interface NoticeContent {
  readonly to: string;
  /** Whom an answer goes to; null: the sender of all mail. */
  readonly replyTo: string | null;
  readonly language: string;
  readonly subject: string;
  readonly paragraphs: readonly string[];
  readonly attachments: readonly MailAttachment[];
}

/** Writes a notice as plain text and as HTML without pictures, links or anything from elsewhere. */
export function composeNotice({ to, replyTo, language, subject, paragraphs, attachments }: NoticeContent): Mail {
  return {
    to,
    subject,
    text: `${paragraphs.join('\n\n')}\n`,
    html: [
      '<!doctype html>',
      `<html lang="${escapeHtml(language)}">`,
      `<head><meta charset="utf-8"><title>${escapeHtml(subject)}</title></head>`,
      '<body style="font-family: sans-serif; line-height: 1.5; max-width: 36em">',
      ...paragraphs.map((paragraph) => `<p>${escapeHtml(paragraph).replaceAll('\n', '<br>')}</p>`),
      '</body>',
      '</html>',
      '',
    ].join('\n'),
    headers: {
      // Keeps out-of-office answers away (RFC 3834).
      'Auto-Submitted': 'auto-generated',
      'Content-Language': language,
      ...(replyTo === null ? {} : { 'Reply-To': replyTo }),
    },
    attachments,
  };
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"]/g, (character) => entities[character]!);
}
