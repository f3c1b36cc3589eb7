import type { Mail } from '@plinth/common';
import { composeMail } from './compose-mail.ts';
import type { Locale } from './locale.ts';
import type { MailRecipient } from './sign-in-mails.ts';

/** Changes of an account that its owner hears of, so that a change by somebody else does not go unseen. */
export type SecurityChange =
  | 'password_changed'
  | 'authenticator_added'
  | 'authenticator_removed'
  | 'recovery_code_used'
  | 'recovery_codes_renewed'
  | 'passkey_added'
  | 'passkey_removed'
  | 'identity_added'
  | 'identity_removed';

const sentences: Readonly<Record<Locale, Readonly<Record<SecurityChange, string>>>> = {
  en: {
    password_changed: 'Your password was changed, and every other device was signed out.',
    authenticator_added: 'An authenticator app was set up. Signing in with a password now asks for its code.',
    authenticator_removed: 'The authenticator app was removed. Signing in no longer asks for its code.',
    recovery_code_used: 'Somebody signed in with one of your recovery codes. It cannot be used again.',
    recovery_codes_renewed: 'New recovery codes were made. The old ones no longer work.',
    passkey_added: 'A passkey was added. It signs in to your account.',
    passkey_removed: 'A passkey was removed. It no longer signs in to your account.',
    identity_added: 'An account at another provider was linked. It signs in to your account.',
    identity_removed:
      'The link with an account at another provider was removed. It no longer signs in to your account.',
  },
  de: {
    password_changed: 'Ihr Passwort wurde geändert, und alle anderen Geräte wurden abgemeldet.',
    authenticator_added:
      'Eine Authenticator-App wurde eingerichtet. Die Anmeldung mit Passwort fragt jetzt nach ihrem Code.',
    authenticator_removed: 'Die Authenticator-App wurde entfernt. Die Anmeldung fragt nicht mehr nach ihrem Code.',
    recovery_code_used:
      'Jemand hat sich mit einem Ihrer Wiederherstellungscodes angemeldet. Er kann nicht noch einmal verwendet werden.',
    recovery_codes_renewed: 'Neue Wiederherstellungscodes wurden erstellt. Die alten gelten nicht mehr.',
    passkey_added: 'Ein Passkey wurde hinzugefügt. Mit ihm kann man sich in Ihrem Konto anmelden.',
    passkey_removed: 'Ein Passkey wurde entfernt. Mit ihm kann man sich nicht mehr in Ihrem Konto anmelden.',
    identity_added:
      'Ein Konto bei einem anderen Anbieter wurde verbunden. Mit ihm kann man sich in Ihrem Konto anmelden.',
    identity_removed:
      'Die Verbindung mit einem Konto bei einem anderen Anbieter wurde entfernt. Mit ihm kann man sich nicht mehr anmelden.',
  },
};

/** Tells the owner of an account of a change. `link` leads to the page where they see and undo it. */
export function renderSecurityMail(
  { to, locale, productName }: MailRecipient,
  change: SecurityChange,
  link: string,
): Mail {
  return composeMail({
    to,
    locale,
    ...{
      en: {
        subject: `Your account at ${productName} was changed`,
        parts: [
          sentences.en[change],
          'If that was you, you need not do anything. If it was not, look at your account at once and set a new password:',
          { link, label: 'See the security of your account' },
        ],
      },
      de: {
        subject: `Ihr Konto bei ${productName} wurde geändert`,
        parts: [
          sentences.de[change],
          'Wenn Sie das waren, brauchen Sie nichts zu tun. Wenn nicht, sehen Sie sofort nach Ihrem Konto und setzen Sie ein neues Passwort:',
          { link, label: 'Sicherheit Ihres Kontos ansehen' },
        ],
      },
    }[locale],
  });
}
