import { describe, expect, it } from 'vitest';
import { domainOfEmail, isPublicMailDomain, parseDomain } from './email-domain.ts';

describe('email domains', () => {
  it.each([
    ['Example.COM', 'example.com'],
    ['example.com.', 'example.com'],
    ['bücher.example', 'xn--bcher-kva.example'],
  ])('keeps %s as %s', (text, domain) => {
    expect(parseDomain(text)).toBe(domain);
  });

  it.each(['com', '', 'a b.com', '-a.com', 'a..com', '127.0.0.1', 'example.com/x', 'me@example.com'])(
    'refuses %j',
    (text) => {
      expect(parseDomain(text)).toBeUndefined();
    },
  );

  it('tells look-alikes apart', () => {
    const own = parseDomain('example.com');
    const lookAlikes = ['ann@exаmple.com', 'ann@example.com.evil.test', 'ann@evil-example.com', 'ann@sub.example.com'];
    for (const email of [...lookAlikes, 'ann@example.com@evil.test', 'ann@examp1e.com'])
      expect(domainOfEmail(email)).not.toBe(own);
    expect(domainOfEmail('Ann@EXAMPLE.com')).toBe(own);
  });

  it('knows domains where anybody gets an address', () => {
    expect(isPublicMailDomain('gmail.com')).toBe(true);
    expect(isPublicMailDomain('mail.gmx.de')).toBe(true);
    expect(isPublicMailDomain('notgmail.com')).toBe(false);
  });
});
