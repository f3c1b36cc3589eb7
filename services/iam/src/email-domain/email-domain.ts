import { domainToASCII } from 'node:url';

/** A domain of email addresses that a tenant says is its own. */
export interface EmailDomain {
  readonly id: string;
  readonly tenantId: string;
  readonly organizationId: string | null;
  /** In ASCII, lower case. */
  readonly domain: string;
  readonly verificationToken: string;
  readonly verifiedAt: Date | null;
  readonly autoJoinRole: string | null;
  readonly version: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

// Providers where anybody gets an address: who has one belongs to nobody.
const publicDomains = new Set(
  (
    'aol.com,duck.com,fastmail.com,free.fr,freenet.de,gmail.com,gmx.at,gmx.ch,gmx.com,gmx.de,gmx.net,googlemail.com,' +
    'hey.com,hotmail.com,hotmail.co.uk,hotmail.de,hotmail.fr,icloud.com,laposte.net,libero.it,live.com,mac.com,mail.com,' +
    'mail.ru,mailbox.org,me.com,msn.com,orange.fr,outlook.com,outlook.de,pm.me,posteo.de,proton.me,protonmail.com,qq.com,' +
    '163.com,126.com,rediffmail.com,t-online.de,tuta.com,tutanota.com,web.de,yahoo.com,yahoo.co.uk,yahoo.de,yahoo.fr,' +
    'yandex.com,yandex.ru,ymail.com,zoho.com'
  ).split(','),
);

/** A domain as it is kept and compared: ASCII (RFC 5891), lower case. Undefined for what is no domain of two labels or more. */
export function parseDomain(text: string): string | undefined {
  // A URL's host ends at these.
  if (/[\s/?#\\@:]/.test(text.trim())) return undefined;
  const domain = domainToASCII(text.trim().replace(/\.$/, '')).toLowerCase();
  return /^(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])$/.test(domain)
    ? domain
    : undefined;
}

/** The domain of an email address, after its last `@`; a domain below it is another one. */
export function domainOfEmail(email: string): string | undefined {
  return parseDomain(email.slice(email.lastIndexOf('@') + 1));
}

/** Whether the domain, or the one that it is below of, gives addresses to anybody. */
export function isPublicMailDomain(domain: string): boolean {
  return [...publicDomains].some((known) => domain === known || domain.endsWith(`.${known}`));
}

/** Name and value of the TXT record that proves a domain. */
export function proofRecord({ domain, verificationToken }: Pick<EmailDomain, 'domain' | 'verificationToken'>): {
  readonly name: string;
  readonly value: string;
} {
  return { name: `_plinth-verification.${domain}`, value: `plinth-verification=${verificationToken}` };
}
