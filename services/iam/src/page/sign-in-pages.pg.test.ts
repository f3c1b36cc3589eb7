import { newId, type Clock } from '@plinth/common';
import type { ServiceUnderTest } from '@plinth/testing';
import { TOTP } from 'otpauth';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { password, startIam } from '../../test/builders.ts';
import { codeOf, lastMailTo, mailsTo, tokenOf } from '../../test/mailbox.ts';
import { PageVisitor, textOf, type ShownPage } from '../../test/page-visitor.ts';

let ahead = 0;
const clock: Clock = { now: () => new Date(Date.now() + ahead) };
let iam: ServiceUnderTest;
let strict: ServiceUnderTest;

beforeAll(async () => {
  iam = await startIam({ clock });
  strict = await startIam({ environment: { IAM_EMAIL_VERIFICATION: 'required' } });
});
afterAll(async () => {
  await iam.stop();
  await strict.stop();
});

const newEmail = () => `${newId()}@example.test`;

async function signUp(visitor: PageVisitor, email: string, returnTo = ''): Promise<ShownPage> {
  await visitor.open(`/sign-up${returnTo === '' ? '' : `?return_to=${encodeURIComponent(returnTo)}`}`);
  return visitor.submit('/sign-up', { fields: { name: 'Ann Example', email, password } });
}

async function signIn(visitor: PageVisitor, email: string, secret = password): Promise<ShownPage> {
  await visitor.open('/sign-in');
  return visitor.submit('/sign-in', { fields: { email, password: secret } });
}

it('signs up, out and in again by forms alone', async () => {
  const visitor = new PageVisitor(iam);
  const email = newEmail();
  const account = await signUp(visitor, email);
  expect(account.url).toBe('/security');
  expect(textOf(account.html)).toContain(`Ann Example ${email}`);

  await visitor.open('/sign-out');
  expect(textOf((await visitor.submit('/sign-out')).html)).toContain('You are signed out.');
  expect((await visitor.open('/security')).url).toBe('/sign-in?return_to=%2Fsecurity');
  await visitor.submit('/sign-in', { fields: { email, password } });
  expect(visitor.page).toMatchObject({ status: 200, url: '/security' });
});

it('says everything that is wrong above the form and beside each field, keeps what was typed but no password', async () => {
  const visitor = new PageVisitor(iam);
  await visitor.open('/sign-up');
  const page = await visitor.submit('/sign-up', { fields: { name: '', email: 'nobody', password: 'short' } });
  expect(page.status).toBe(422);
  expect(page.html).toContain('<title>Error: Create an account · Plinth</title>');
  for (const name of ['name', 'email', 'password']) {
    expect(page.html).toContain(`<a href="#${name}">`);
    expect(page.html).toMatch(
      new RegExp(`<input id="${name}"[^>]* aria-describedby="[^"]*${name}-fault" aria-invalid="true"`),
    );
    expect(page.html).toContain(`id="${name}-fault"`);
  }
  expect(page.html).toContain('value="nobody"');
  expect(page.html).not.toContain('short');
});

it('takes no zero bytes, which the database does not, and no password longer than any that can be set', async () => {
  const visitor = new PageVisitor(iam);
  const email = newEmail();
  await visitor.open('/sign-up');
  const page = await visitor.submit('/sign-up', { fields: { name: 'A\0nn', email, password } });
  expect(textOf(page.html)).toContain(`Ann ${email}`);
  const long = await signIn(new PageVisitor(iam), email, 'a'.repeat(257));
  expect(long.status).toBe(422);
});

it('refuses a password that everybody tries first, with a reason beside it', async () => {
  const visitor = new PageVisitor(iam);
  await visitor.open('/sign-up');
  const fields = { name: 'Ann', email: newEmail(), password: 'password123' };
  expect(textOf((await visitor.submit('/sign-up', { fields })).html)).toContain('lists of common or stolen passwords');
  const personal = { ...fields, password: 'plinth is my base' };
  expect(textOf((await visitor.submit('/sign-up', { fields: personal })).html)).toContain('nor “Plinth”');
});

it('asks for the second factor before the sign-in is worth anything, and takes a code or a recovery code once', async () => {
  const visitor = new PageVisitor(iam);
  const email = newEmail();
  await signUp(visitor, email);
  const setUp = await visitor.submit('/security/authenticator');
  expect(setUp.html).toContain('<img class="qr" src="data:image/svg+xml;base64,');
  const secret = /<code class="key">([^<]+)/.exec(setUp.html)![1]!.replaceAll(' ', '');
  const code = () => new TOTP({ secret }).generate({ timestamp: clock.now().getTime() });

  const wrong = await visitor.submit('/security/authenticator', { fields: { code: '000000' } });
  expect(wrong.html).toContain(setUp.html.match(/src="data:image[^"]*"/)![0]);
  expect(textOf(wrong.html)).toContain('not the code that the app shows');
  const codes = await visitor.submit('/security/authenticator', { fields: { code: code() } });
  const [recoveryCode] = [...codes.html.matchAll(/<li>([a-z0-9]{5}-[a-z0-9]{5})<\/li>/g)].map(([, one]) => one!);

  const second = new PageVisitor(iam);
  ahead += 60_000;
  expect((await signIn(second, email)).url).toBe('/sign-in/second-factor');
  expect((await second.open('/security')).url).toBe('/sign-in/second-factor?return_to=%2Fsecurity');
  expect((await second.submit('/sign-in/second-factor', { fields: { code: '12 34' } })).status).toBe(422);
  expect((await second.submit('/sign-in/second-factor', { fields: { code: code() } })).url).toBe('/security');

  const third = new PageVisitor(iam);
  await signIn(third, email);
  const recovery = { fields: { recovery_code: recoveryCode! } };
  expect((await third.submit('/sign-in/second-factor', recovery, 'recovery_code')).url).toBe('/security');
  const fourth = new PageVisitor(iam);
  await signIn(fourth, email);
  const again = await fourth.submit('/sign-in/second-factor', recovery, 'recovery_code');
  expect(again.status).toBe(401);
  expect(again.html).toContain('<details open>');
});

it('sets a new password by the link of a mail, which opening alone does not use up', async () => {
  const visitor = new PageVisitor(iam);
  const email = newEmail();
  await signUp(visitor, email);
  await visitor.open('/sign-in/forgotten');
  const sent = await visitor.submit('/sign-in/forgotten', { fields: { email } });
  expect(textOf(sent.html)).toContain('Look into your mailbox');
  const token = tokenOf(await lastMailTo(iam, email, 2), '/sign-in/reset');

  const reader = new PageVisitor(iam);
  const link = `/sign-in/reset?token=${encodeURIComponent(token)}`;
  await reader.open(link);
  await reader.open(link);
  const refused = await reader.submit('/sign-in/reset', { fields: { password: 'too short' } });
  expect(refused.status).toBe(422);
  const done = await reader.submit('/sign-in/reset', { fields: { password: 'entirely other words' } });
  expect(done.url).toBe('/sign-in?notice=password_reset');
  expect((await signIn(new PageVisitor(iam), email, 'entirely other words')).url).toBe('/security');
  // The sessions of before have ended.
  expect((await visitor.open('/security')).url).toContain('/sign-in');
  await reader.open(link);
  expect((await reader.submit('/sign-in/reset', { fields: { password: 'yet another phrase' } })).status).toBe(410);
});

it('signs in by the code or the link of a mail, and goes on to where its reader was going', async () => {
  const email = newEmail();
  await signUp(new PageVisitor(iam), email);
  const visitor = new PageVisitor(iam);
  await visitor.open('/sign-in/email?return_to=%2Fdevice');
  await visitor.submit('/sign-in/email', { fields: { email } });
  expect(textOf(visitor.page.html)).toContain(`the address ${email}`);
  // Addresses stay out of the address line.
  expect(visitor.page.url).toBe('/sign-in/email?sent=true');
  const mail = await lastMailTo(iam, email, 2);
  expect((await visitor.submit('/sign-in/email', { fields: { code: '12' } }, 'name="code"')).status).toBe(422);
  expect((await visitor.submit('/sign-in/email', { fields: { code: codeOf(mail) } }, 'name="code"')).url).toBe(
    '/device',
  );

  const other = new PageVisitor(iam);
  await other.open('/sign-in/email');
  await other.submit('/sign-in/email', { fields: { email } });
  const token = tokenOf(await lastMailTo(iam, email, 3), '/sign-in/email');
  // On another device, which knows nothing of who asked for the mail.
  const phone = new PageVisitor(iam);
  await phone.open(`/sign-in/email?token=${encodeURIComponent(token)}`);
  expect(phone.cookie('plinth.session_token')).toBeUndefined();
  expect((await phone.submit('/sign-in/email')).url).toBe('/security');
});

it('lets nobody in before their address is confirmed, where that is required', async () => {
  const visitor = new PageVisitor(strict);
  const email = newEmail();
  expect((await signUp(visitor, email, '/device')).url).toBe('/sign-in/verify');
  expect(visitor.cookie('plinth.session_token')).toBeUndefined();
  expect(textOf(visitor.page.html)).toContain(email);
  // Both mails are prepared behind their answers, and the later one must be the last.
  await lastMailTo(strict, email);
  const again = await visitor.submit('/sign-in/verify', {}, 'value="request"');
  expect(textOf(again.html)).toContain('a new mail is on its way');
  const code = codeOf(await lastMailTo(strict, email, 2));
  expect((await visitor.submit('/sign-in/verify', { fields: { code } }, 'name="code"')).url).toBe('/device');
});

it('says nothing of which addresses are known: sign-in, sign-up, forgotten password, sign-in by mail', async () => {
  const known = newEmail();
  const owner = new PageVisitor(strict);
  await signUp(owner, known);
  const code = codeOf(await lastMailTo(strict, known));
  await owner.submit('/sign-in/verify', { fields: { code } }, 'name="code"');

  const look = async (email: string, path: string, fields: Record<string, string>) => {
    const visitor = new PageVisitor(strict);
    await visitor.open(path);
    const { status, url, html, headers } = await visitor.submit(path, { fields: { email, ...fields } });
    const text = html.replaceAll(email, 'ADDRESS').replaceAll(/name="form_token" value="[^"]*"/g, '');
    return { status, url, text, names: Object.keys(headers).sort() };
  };
  for (const [path, fields] of [
    ['/sign-in', { password: 'certainly not it' }],
    ['/sign-up', { name: 'Ann', password }],
    ['/sign-in/forgotten', {}],
    ['/sign-in/email', {}],
  ] as const)
    expect(await look(known, path, fields), path).toEqual(await look(newEmail(), path, fields));
  expect(textOf((await mailsTo(strict, known, 3)).map((mail) => mail.subject).join(' '))).toContain(
    'You have an account',
  );
});

it('tells how long to wait after five wrong passwords, in the language of the reader', async () => {
  const email = newEmail();
  const visitor = new PageVisitor(iam, { 'accept-language': 'de-AT,de;q=0.9,en;q=0.5' });
  await visitor.open('/sign-in');
  for (let count = 0; count < 5; count += 1) {
    ahead += 5000;
    await visitor.submit('/sign-in', { fields: { email, password: 'certainly not it' } });
  }
  expect(visitor.page.html).toContain('<html lang="de">');
  const waiting = await visitor.submit('/sign-in', { fields: { email, password: 'certainly not it' } });
  expect(waiting.status).toBe(429);
  expect(textOf(waiting.html)).toMatch(/zu viele Fehlversuche\. Versuchen Sie es in \d+ Sekunden noch einmal\./);
});

it('keeps the language that somebody chose, in German and in English', async () => {
  const visitor = new PageVisitor(iam, { 'accept-language': 'fr' });
  expect((await visitor.open('/sign-in')).html).toContain('<html lang="en">');
  expect(textOf((await visitor.open('/sign-in?lang=de')).html)).toContain('Passwort vergessen?');
  expect((await visitor.open('/sign-up')).html).toContain('<html lang="de">');
  expect((await visitor.open('/sign-up?lang=en')).headers['content-language']).toBe('en');
});
