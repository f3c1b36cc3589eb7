import type { Mail } from '@plinth/common';
import { composeMail } from '../mail/compose-mail.ts';
import type { MailRecipient } from '../mail/sign-in-mails.ts';

export interface InvitationMail {
  readonly link: string;
  /** Null where it is not known: the mail then speaks of the product alone. */
  readonly organization: string | null;
}

/** Invites somebody into an organization. */
export function renderInvitationMail(
  { to, locale, productName }: MailRecipient,
  { link, organization }: InvitationMail,
): Mail {
  return composeMail({
    to,
    locale,
    ...{
      en: {
        subject: organization === null ? `Invitation to ${productName}` : `Invitation to ${organization}`,
        parts: [
          organization === null
            ? `You are invited to ${productName}.`
            : `You are invited to join ${organization} at ${productName}.`,
          { link, label: 'Accept the invitation' },
          'The link is good for one use within seven days, and for this address alone. If you do not know whom it is from, do nothing.',
        ],
      },
      de: {
        subject: organization === null ? `Einladung zu ${productName}` : `Einladung zu ${organization}`,
        parts: [
          organization === null
            ? `Sie sind zu ${productName} eingeladen.`
            : `Sie sind eingeladen, ${organization} bei ${productName} beizutreten.`,
          { link, label: 'Einladung annehmen' },
          'Der Link gilt einmal, sieben Tage lang und nur für diese Adresse. Wenn Sie nicht wissen, von wem die Einladung kommt, tun Sie nichts.',
        ],
      },
    }[locale],
  });
}
