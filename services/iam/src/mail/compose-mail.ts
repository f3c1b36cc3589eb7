import type { Mail } from '@plinth/common';
import type { Locale } from './locale.ts';

/** One part of a mail's body: a paragraph, a link to follow, or a code to type. */
export type MailPart = string | { readonly link: string; readonly label: string } | { readonly code: string };

export interface MailContent {
  readonly to: string;
  readonly locale: Locale;
  readonly subject: string;
  readonly parts: readonly MailPart[];
}

/** Writes a mail as plain text and as HTML without pictures, scripts or anything from elsewhere. */
export function composeMail({ to, locale, subject, parts }: MailContent): Mail {
  return {
    to,
    subject,
    text: `${parts.map(toText).join('\n\n')}\n`,
    html: [
      '<!doctype html>',
      `<html lang="${locale}">`,
      `<head><meta charset="utf-8"><title>${escape(subject)}</title></head>`,
      '<body style="font-family: sans-serif; line-height: 1.5; max-width: 36em; margin: 2em auto; padding: 0 1em">',
      ...parts.map(toHtml),
      '</body>',
      '</html>',
      '',
    ].join('\n'),
    // Keeps out-of-office answers away (RFC 3834).
    headers: { 'Auto-Submitted': 'auto-generated', 'Content-Language': locale },
  };
}

function toText(part: MailPart): string {
  if (typeof part === 'string') return part;
  return 'link' in part ? part.link : `    ${part.code}`;
}

function toHtml(part: MailPart): string {
  if (typeof part === 'string') return `<p>${escape(part)}</p>`;
  if ('code' in part) return `<p style="font-size: 1.5em; letter-spacing: 0.2em"><b>${escape(part.code)}</b></p>`;
  return `<p><a href="${escape(part.link)}">${escape(part.label)}</a></p>`;
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
