import type { Mail } from '@plinth/common';
import { composeMail } from './compose-mail.ts';
import type { Locale } from './locale.ts';

export interface MailRecipient {
  readonly to: string;
  readonly locale: Locale;
  readonly productName: string;
}

interface LinkAndCode {
  readonly link: string;
  readonly code: string;
}

/** Asks somebody to confirm their address. */
export function renderVerificationMail({ to, locale, productName }: MailRecipient, { link, code }: LinkAndCode): Mail {
  return composeMail({
    to,
    locale,
    ...{
      en: {
        subject: `Confirm your email address for ${productName}`,
        parts: [
          `Somebody, most likely you, gave this address to ${productName}. Confirm that it is yours:`,
          { link, label: 'Confirm this address' },
          'Or enter this code where you signed up:',
          { code },
          'Both are good for one use within 24 hours. If it was not you, do nothing: nothing happens without the confirmation.',
        ],
      },
      de: {
        subject: `Bestätigen Sie Ihre E-Mail-Adresse für ${productName}`,
        parts: [
          `Jemand, vermutlich Sie selbst, hat diese Adresse bei ${productName} angegeben. Bestätigen Sie, dass sie Ihnen gehört:`,
          { link, label: 'Diese Adresse bestätigen' },
          'Oder geben Sie diesen Code dort ein, wo Sie sich registriert haben:',
          { code },
          'Beides gilt einmal und 24 Stunden lang. Wenn Sie es nicht waren, tun Sie nichts: Ohne Bestätigung geschieht nichts.',
        ],
      },
    }[locale],
  });
}

/** Tells the owner of an account that somebody tried to sign up with their address. */
export function renderAccountExistsMail(
  { to, locale, productName }: MailRecipient,
  links: { readonly signIn: string; readonly forgotten: string },
): Mail {
  return composeMail({
    to,
    locale,
    ...{
      en: {
        subject: `You have an account at ${productName} already`,
        parts: [
          `Somebody, most likely you, tried to sign up at ${productName} with this address. It has an account already; nothing was changed.`,
          'Sign in with it:',
          { link: links.signIn, label: 'Sign in' },
          'If you do not know your password any more, set a new one:',
          { link: links.forgotten, label: 'Set a new password' },
          'If it was not you, you need not do anything.',
        ],
      },
      de: {
        subject: `Sie haben bereits ein Konto bei ${productName}`,
        parts: [
          `Jemand, vermutlich Sie selbst, wollte sich mit dieser Adresse bei ${productName} registrieren. Sie hat bereits ein Konto; es wurde nichts geändert.`,
          'Melden Sie sich damit an:',
          { link: links.signIn, label: 'Anmelden' },
          'Wenn Sie Ihr Passwort nicht mehr wissen, setzen Sie ein neues:',
          { link: links.forgotten, label: 'Neues Passwort setzen' },
          'Wenn Sie es nicht waren, brauchen Sie nichts zu tun.',
        ],
      },
    }[locale],
  });
}

/** Carries the link and the code of a sign-in by email. */
export function renderEmailSignInMail({ to, locale, productName }: MailRecipient, { link, code }: LinkAndCode): Mail {
  return composeMail({
    to,
    locale,
    ...{
      en: {
        subject: `Sign in to ${productName}`,
        parts: [
          'Follow this link to sign in:',
          { link, label: 'Sign in' },
          'Or enter this code where you asked for it:',
          { code },
          'Both are good for one use within 10 minutes. Give the code to nobody. If you did not ask for it, ignore this mail.',
        ],
      },
      de: {
        subject: `Anmeldung bei ${productName}`,
        parts: [
          'Folgen Sie diesem Link, um sich anzumelden:',
          { link, label: 'Anmelden' },
          'Oder geben Sie diesen Code dort ein, wo Sie ihn angefordert haben:',
          { code },
          'Beides gilt einmal und 10 Minuten lang. Geben Sie den Code niemandem. Wenn Sie ihn nicht angefordert haben, beachten Sie diese Mail nicht.',
        ],
      },
    }[locale],
  });
}

/** Carries the link to set a new password. */
export function renderPasswordResetMail({ to, locale, productName }: MailRecipient, link: string): Mail {
  return composeMail({
    to,
    locale,
    ...{
      en: {
        subject: `Set a new password for ${productName}`,
        parts: [
          'Follow this link to set a new password:',
          { link, label: 'Set a new password' },
          'It is good for one use within one hour. Every device is then signed out.',
          'If you did not ask for it, ignore this mail: your password stays as it is.',
        ],
      },
      de: {
        subject: `Neues Passwort für ${productName}`,
        parts: [
          'Folgen Sie diesem Link, um ein neues Passwort zu setzen:',
          { link, label: 'Neues Passwort setzen' },
          'Er gilt einmal und eine Stunde lang. Danach sind alle Geräte abgemeldet.',
          'Wenn Sie ihn nicht angefordert haben, beachten Sie diese Mail nicht: Ihr Passwort bleibt, wie es ist.',
        ],
      },
    }[locale],
  });
}
