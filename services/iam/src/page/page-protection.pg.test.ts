import { newId } from '@plinth/common';
import type { ServiceUnderTest } from '@plinth/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { password, startIam } from '../../test/builders.ts';
import { externalIssuer, writeIssuersFile } from '../../test/issuers.ts';
import { hiddenFields, PageVisitor, textOf } from '../../test/page-visitor.ts';

let iam: ServiceUnderTest;
beforeAll(async () => {
  iam = await startIam();
});
afterAll(() => iam.stop());

const paths = [
  '/sign-in',
  '/sign-up',
  '/sign-in/forgotten',
  '/sign-in/reset',
  '/sign-in/reset?token=a',
  '/sign-in/email',
  '/sign-in/email?token=a',
  '/sign-in/verify',
  '/sign-in/passkey',
  '/sign-in/organization',
  '/sign-in/continue?return_to=%2Fapi%2Fv1%2Fauth%2Foauth2%2Finteraction%2Fa',
  '/sign-in/no-such-page',
  '/sign-in/invitation?token=a',
];
const ownPaths = ['/security', '/security/passkey', '/security/explain', '/device', '/sign-out'];

async function signedIn(): Promise<PageVisitor> {
  const visitor = new PageVisitor(iam);
  await visitor.open('/sign-up');
  const email = `${newId()}@example.test`;
  const account = await visitor.submit('/sign-up', { fields: { name: 'Ann', email, password } });
  if (account.url !== '/security') throw new Error(textOf(account.html));
  return visitor;
}

it.each([...paths, ...ownPaths])('%s keeps itself from frames, caches, scripts and forms of others', async (path) => {
  const visitor = ownPaths.includes(path) ? await signedIn() : new PageVisitor(iam);
  const { headers, html, url } = await visitor.open(path);
  expect(url).toBe(path);
  expect(headers['content-security-policy']).toBe(
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; form-action 'self'; frame-ancestors 'self'; object-src 'none'; base-uri 'none'",
  );
  expect(headers).toMatchObject({
    'cache-control': 'no-store',
    'referrer-policy': 'same-origin',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'SAMEORIGIN',
  });
  expect(html).toMatch(/^<!doctype html><html lang="en">/);
  expect(html).not.toMatch(/ style="|<style|javascript:| on[a-z]+="/);
  expect(html.match(/<script[^>]*>/g) ?? []).toSatisfy((scripts: string[]) =>
    scripts.every((script) => /^<script src="\/sign-in\/assets\/passkey-[0-9a-f]{16}\.js" defer>$/.test(script)),
  );
  // Nothing from elsewhere.
  expect(html.replaceAll('&#34;', '')).not.toMatch(/(src|href|action)="(https?:)?\/\//);
});

it.each([...paths, ...ownPaths])(
  '%s has a label for each field, one heading and a language for each text',
  async (path) => {
    const visitor = ownPaths.includes(path) ? await signedIn() : new PageVisitor(iam);
    const { html } = await visitor.open(path);
    const inputs = [...html.matchAll(/<input id="([^"]+)"/g)].map(([, id]) => id!);
    for (const id of inputs) expect(html).toContain(`<label for="${id}">`);
    expect(new Set(inputs).size).toBe(inputs.length);
    expect(html.match(/<h1>/g)).toHaveLength(1);
    expect(html).toContain('<a href="' + path.split('?')[0] + '?');
  },
);

const attack = `"><img src=x onerror=alert(1)>'</title><script>alert(1)</script>`;

it.each([
  ['/sign-in', 'email'],
  ['/sign-up', 'email'],
  ['/sign-up', 'name'],
  ['/sign-in/forgotten', 'email'],
  ['/sign-in/email', 'email'],
  ['/sign-in/organization', 'email'],
])('writes what was typed at %s into %s as text, never as markup', async (path, field) => {
  const visitor = new PageVisitor(iam);
  await visitor.open(path);
  const { html } = await visitor.submit(path, { fields: { [field]: attack } });
  expect(html).not.toContain('<img src=x');
  expect(html).not.toContain('<script>alert');
  expect(html).toContain('&#60;img src=x onerror=alert(1)&#62;');
});

it.each([
  '/sign-in?lang=ATTACK',
  '/sign-in?notice=ATTACK',
  '/sign-in?error=ATTACK',
  '/sign-in?return_to=ATTACK',
  '/sign-in?ATTACK=a&reauthenticate=true',
  '/sign-in/reset?token=ATTACK',
  '/sign-in/verify?token=ATTACK',
  '/sign-in/consent?interaction=ATTACK',
  '/sign-in/ATTACK',
  '/sign-in/invitation?token=ATTACK',
  '/device?user_code=ATTACK',
])('writes no markup of the address line into %s', async (url) => {
  const visitor = url.startsWith('/device') ? await signedIn() : new PageVisitor(iam);
  const { html } = await visitor.open(url.replace('ATTACK', encodeURIComponent(attack)));
  expect(html).not.toContain('<img src=x');
  expect(html).not.toContain('<script>alert');
});

it('writes names of people and devices as text', async () => {
  const visitor = new PageVisitor(iam, { 'user-agent': attack });
  await visitor.open('/sign-up');
  const fields = { name: attack, email: `${newId()}@example.test`, password };
  const { html } = await visitor.submit('/sign-up', { fields });
  expect(html).toContain('&#60;img src=x onerror=alert(1)&#62;');
  expect(html).not.toContain('<img src=x');
});

it('names its style sheet by its content, for browsers to keep it for ever', async () => {
  const { html } = await new PageVisitor(iam).open('/sign-in');
  const path = /<link rel="stylesheet" href="([^"]+)">/.exec(html)![1]!;
  const style = await iam.send('GET', path);
  expect(style.headers).toMatchObject({
    'content-type': 'text/css; charset=utf-8',
    'cache-control': 'public, max-age=31536000, immutable',
  });
  expect(style.body).not.toMatch(/@import|url\(/);
  expect((await iam.send('GET', path.replace(/-[0-9a-f]+/, '-0123456789abcdef'))).status).toBe(404);
});

describe('cross-site request forgery', () => {
  const fields = (email: string) => ({ name: 'Ann', email, password });

  it('takes no form without its token', async () => {
    const visitor = new PageVisitor(iam);
    await visitor.open('/sign-in');
    const page = await visitor.post('/sign-in', { email: 'ann@example.test', password });
    expect(page.status).toBe(403);
    expect(textOf(page.html)).toContain('This form is no longer good');
  });

  it('takes no token that was shown to another browser', async () => {
    const attacker = new PageVisitor(iam);
    const { html } = await attacker.open('/sign-up');
    const victim = new PageVisitor(iam);
    await victim.open('/sign-up');
    const token = hiddenFields(html, '/sign-up')['form_token']!;
    const page = await victim.post('/sign-up', { ...fields(`${newId()}@example.test`), form_token: token });
    expect(page.status).toBe(403);
  });

  it('takes no token of before the session began, nor one of another session in the same browser', async () => {
    const visitor = new PageVisitor(iam);
    const { html } = await visitor.open('/sign-up');
    const before = hiddenFields(html, '/sign-up');
    const account = await visitor.submit('/sign-up', { fields: fields(`${newId()}@example.test`) });
    const during = hiddenFields(account.html, '/security/sessions/end-all');
    expect((await visitor.post('/security/sessions/end-all', before)).status).toBe(403);
    await visitor.open('/sign-out');
    await visitor.submit('/sign-out');
    await visitor.open('/sign-up');
    await visitor.submit('/sign-up', { fields: fields(`${newId()}@example.test`) });
    expect((await visitor.post('/security/sessions/end-all', during)).status).toBe(403);
    expect((await visitor.open('/security')).status).toBe(200);
  });

  it.each([{ origin: 'https://evil.test' }, { origin: 'null' }, { origin: 'http://localhost.evil.test:3000' }])(
    'takes no form of another site, even with the right token: %o',
    async (headers) => {
      const visitor = await signedIn();
      const page = await visitor.submit('/security/sessions/end-all', { headers });
      expect(page.status).toBe(403);
      expect((await visitor.open('/security')).status).toBe(200);
    },
  );

  it('signs nobody out by a link, and takes nothing but forms', async () => {
    const visitor = await signedIn();
    await visitor.open('/sign-out');
    expect((await visitor.open('/security')).url).toBe('/security');
    const json = await iam.send('POST', '/sign-in', {
      body: '{"email":"ann@example.test"}',
      headers: { 'content-type': 'application/json', cookie: visitor.cookies },
    });
    expect(json.status).toBe(400);
    expect(json.headers['content-type']).toContain('text/html');
  });
});

describe('open redirects', () => {
  const targets = [
    'https://evil.test/',
    '//evil.test/',
    '/\\evil.test/',
    '/\t/evil.test/',
    '/.//evil.test/',
    'javascript:alert(1)',
    ' /security',
    '/%0d%0aset-cookie:a=b\r\nset-cookie: a=b',
  ];

  it.each(targets)('sends nobody to %j after sign-in, sign-up, sign-out, or on its way', async (target) => {
    const query = `return_to=${encodeURIComponent(target)}`;
    const visitor = new PageVisitor(iam);
    const { html } = await visitor.open(`/sign-up?${query}`);
    expect(html).not.toContain('name="return_to"');
    const fields = { name: 'Ann', email: `${newId()}@example.test`, password, return_to: target };
    expect((await visitor.submit('/sign-up', { fields })).url).toBe('/security');
    expect((await visitor.open(`/sign-in?${query}`)).url).toBe('/security');
    const onTheWay = await visitor.open(`/sign-in/continue?${query}`);
    expect(onTheWay.url).toBe('/security');
    await visitor.open(`/sign-out?${query}`);
    expect((await visitor.submit('/sign-out', { fields: { return_to: target } })).url).toBe(
      '/sign-in?notice=signed_out',
    );
  });

  it('goes on to the provider from a page, not from the form: its way may lead to an application', async () => {
    const visitor = new PageVisitor(iam);
    const path = '/api/v1/auth/oauth2/interaction/a?b=c';
    await visitor.open(`/sign-up?return_to=${encodeURIComponent(path)}`);
    const fields = { name: 'Ann', email: `${newId()}@example.test`, password };
    const { url, status, html } = await visitor.submit('/sign-up', { fields });
    expect([status, url]).toEqual([200, `/sign-in/continue?return_to=${encodeURIComponent(path)}`]);
    expect(html).toContain(`<meta http-equiv="refresh" content="0; url=${path}">`);
  });
});

it('goes on under a new session when somebody signs in: one that was planted before is worth nothing', async () => {
  const attacker = await signedIn();
  const victim = new PageVisitor(iam);
  victim.setCookies(`plinth.session_token=${attacker.cookie('plinth.session_token')}`);
  await victim.open('/sign-in?reauthenticate=true');
  const email = `${newId()}@example.test`;
  const other = new PageVisitor(iam);
  await other.open('/sign-up');
  await other.submit('/sign-up', { fields: { name: 'Victim', email, password } });
  await victim.submit('/sign-in', { fields: { email, password } });
  expect(victim.cookie('plinth.session_token')).not.toBe(attacker.cookie('plinth.session_token'));
  expect(textOf((await victim.open('/security')).html)).toContain(email);
  expect(textOf((await attacker.open('/security')).html)).not.toContain(email);
});

it('believes no Host header: what it links to is its own, in pages and in mails', async () => {
  const headers = { host: 'evil.test', 'x-forwarded-host': 'evil.test', forwarded: 'host=evil.test' };
  const visitor = new PageVisitor(iam, headers);
  const email = `${newId()}@example.test`;
  await visitor.open('/sign-up');
  const page = await visitor.submit('/sign-up', { fields: { name: 'Ann', email, password } });
  expect(JSON.stringify(page.headers) + page.html).not.toContain('evil.test');
  await visitor.open('/sign-in/forgotten');
  await visitor.submit('/sign-in/forgotten', { fields: { email } });
  await expect.poll(() => iam.mails.filter((mail) => mail.to === email).length).toBe(2);
  expect(JSON.stringify(iam.mails)).not.toContain('evil.test');
});

it('shows the operator’s name, logo and colour, and lets the logo’s host show pictures and nothing else', async () => {
  const branded = await startIam({
    environment: {
      IAM_PRODUCT_NAME: 'Acme & Co',
      IAM_BRAND_LOGO_URL: 'https://static.acme.test/logo.svg',
      IAM_BRAND_COLOR: '#ffcc00',
    },
  });
  try {
    const { html, headers } = await new PageVisitor(branded).open('/sign-in');
    expect(html).toContain('<img src="https://static.acme.test/logo.svg" alt=""><span>Acme &#38; Co</span>');
    const policy = String(headers['content-security-policy']);
    expect(policy.split('; ').filter((part) => part.includes('acme'))).toEqual([
      "img-src 'self' data: https://static.acme.test",
    ]);
    const style = await branded.send('GET', /<link rel="stylesheet" href="([^"]+)">/.exec(html)![1]!);
    expect(style.body).toContain('@media (prefers-color-scheme:dark){:root{--accent:#ffcc00}}');
  } finally {
    await branded.stop();
  }
});

it('names the brand’s colour when it is none', async () => {
  await expect(startIam({ environment: { IAM_BRAND_COLOR: 'red;}' } })).rejects.toThrow('IAM_BRAND_COLOR');
});

it('says that people sign in elsewhere, where they do', async () => {
  const issuers = [{ issuer: externalIssuer, audiences: ['api'], tenant: { from: 'membership' as const } }];
  const file = writeIssuersFile({ embeddedSignIn: false, issuers });
  const other = await startIam({ environment: file.environment });
  try {
    for (const path of ['/sign-in', '/sign-up', '/security', '/device']) {
      const page = await new PageVisitor(other).open(path);
      expect(page.status).toBe(403);
      expect(textOf(page.html)).toContain('You sign in somewhere else');
    }
    expect((await new PageVisitor(other).post('/sign-in', {})).status).toBe(404);
  } finally {
    await other.stop();
    file.remove();
  }
});
