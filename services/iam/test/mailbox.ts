import type { Mail } from '@plinth/common';
import { eventually, type ServiceUnderTest } from '@plinth/testing';
import { origin } from './builders.ts';

/** Waits for the given number of mails to an address and returns them, the oldest first. */
export function mailsTo(iam: ServiceUnderTest, to: string, count = 1): Promise<Mail[]> {
  return eventually(async () => {
    const mails = iam.mails.filter((mail) => mail.to === to.toLowerCase());
    return mails.length >= count ? mails : undefined;
  });
}

/** The newest of so many mails to an address. */
export async function lastMailTo(iam: ServiceUnderTest, to: string, count = 1): Promise<Mail> {
  return (await mailsTo(iam, to, count)).at(-1)!;
}

/** The token of the link to a page of ours in a mail. Fails when the link leads anywhere else. */
export function tokenOf(mail: Mail, page: string): string {
  const start = `${origin}${page}?token=`;
  const line = mail.text.split('\n').find((candidate) => candidate.startsWith(start));
  if (line === undefined) throw new Error(`no link to ${start} in:\n${mail.text}`);
  return decodeURIComponent(line.slice(start.length));
}

/** The code of six digits in a mail. */
export function codeOf(mail: Mail): string {
  const match = /^ {4}(\d{6})$/m.exec(mail.text);
  if (match === null) throw new Error(`no code in:\n${mail.text}`);
  return match[1]!;
}
