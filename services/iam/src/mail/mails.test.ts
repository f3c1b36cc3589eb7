import { expect, it } from 'vitest';
import { preferredLocale, resolveLocale, locales } from './locale.ts';
import { renderSecurityMail, type SecurityChange } from './security-mails.ts';
import {
  renderAccountExistsMail,
  renderEmailSignInMail,
  renderPasswordResetMail,
  renderVerificationMail,
} from './sign-in-mails.ts';

const changes: SecurityChange[] = [
  'password_changed',
  'authenticator_added',
  'authenticator_removed',
  'recovery_code_used',
  'recovery_codes_renewed',
  'passkey_added',
  'passkey_removed',
];
const at = 'https://plinth.example.test';

it.each(locales)('writes every mail whole in %s', (locale) => {
  const recipient = { to: 'ann@example.test', locale, productName: 'Plinth' };
  const proof = { link: `${at}/sign-in/verify?token=abc`, code: '012345' };
  expect([
    renderVerificationMail(recipient, proof),
    renderAccountExistsMail(recipient, { signIn: `${at}/sign-in`, forgotten: `${at}/sign-in/forgotten` }),
    renderEmailSignInMail(recipient, proof),
    renderPasswordResetMail(recipient, `${at}/sign-in/reset?token=abc`),
    ...changes.map((change) => renderSecurityMail(recipient, change, `${at}/security`)),
  ]).toMatchSnapshot();
});

it('writes names as text, whatever they contain', () => {
  const recipient = { to: 'ann@example.test', locale: 'en' as const, productName: '<b>"A&B"</b>' };
  const { html } = renderPasswordResetMail(recipient, `${at}/?a=1&b="2"`);
  expect(html).toContain('&lt;b&gt;&quot;A&amp;B&quot;&lt;/b&gt;');
  expect(html).toContain('href="https://plinth.example.test/?a=1&amp;b=&quot;2&quot;"');
});

it('writes in the language of the user, else of the browser, else in English', () => {
  expect(resolveLocale('de', 'en')).toBe('de');
  expect(resolveLocale(null, 'de-CH')).toBe('de');
  expect(resolveLocale('fr', 'ja')).toBe('en');
  expect(preferredLocale('en;q=0.2, DE;q=0.9')).toBe('de');
  expect(preferredLocale('de;q=0, en')).toBe('en');
  expect(preferredLocale('fr')).toBeUndefined();
  expect(preferredLocale(undefined)).toBeUndefined();
});
