import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { chmod, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLogger } from '@plinth/common';
import { eventually, requirePeers } from '@plinth/testing';
import * as openid from 'openid-client';
import { TOTP } from 'otpauth';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startPlatform, type Platform } from '../src/index.ts';
import { BrowserPage, launchChromium } from './browser-page.ts';
import { HttpBrowser } from './http-browser.ts';

const peers = requirePeers('chromium');
const adminPassword = 'a password of the first administrator';
const password = 'correct horse battery staple';
let directory: string;
let platform: Platform;
let url: string;
let browser: Browser;
let application: Server;

describe.skipIf(peers.skip)('the sign-in pages in Chromium', () => {
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'plinth-pages-'));
    await chmod(directory, 0o755);
    platform = await startPlatform({
      port: 0,
      dataDirectory: join(directory, 'data'),
      environment: { PLINTH_JOBS: 'false', IAM_INITIAL_ADMIN_PASSWORD: adminPassword },
      log: createLogger({ level: 'silent' }),
    });
    // Passkeys are for a name; an address of the network has none.
    url = `http://localhost:${platform.port}`;
    browser = await launchChromium(peers.paths.chromium);
    application = createServer((_request, response) => response.end('the application'));
    await new Promise<void>((resolve) => application.listen(0, '127.0.0.1', resolve));
  });
  afterAll(async () => {
    await browser?.close();
    await new Promise((resolve) => application?.close(resolve));
    await platform?.stop();
    await rm(directory, { recursive: true, force: true, maxRetries: 20 });
  });

  async function signUp(visitor: BrowserPage, email: string): Promise<void> {
    await visitor.page.goto('/sign-up');
    await visitor.fill({ Name: 'Ada Lovelace', 'Email address': email, Password: password });
    await visitor.press('Create account');
  }

  it('signs up, signs in with a second factor, and then with a passkey, under the policy of its pages', async () => {
    const visitor = await BrowserPage.open(browser, 'en', url);
    await visitor.addPasskeyDevice();
    const { page } = visitor;
    const email = 'ada@example.com';
    await signUp(visitor, email);
    expect(visitor.path()).toBe('/security');

    await visitor.press('Set up an app');
    const picture = page.getByAltText('QR code for the authenticator app');
    const width = await picture.evaluate((image) => (image as unknown as { naturalWidth: number }).naturalWidth);
    expect(width).toBeGreaterThan(0);
    const secret = (await page.locator('code').innerText()).replaceAll(' ', '');
    const barriers = await visitor.findBarriers();
    const app = new TOTP({ secret });
    await visitor.fill({ Code: app.generate() });
    await visitor.press('Switch it on');
    const recoveryCodes = await page.locator('.codes li').allInnerTexts();
    expect(recoveryCodes).toHaveLength(10);
    barriers.push(...(await visitor.findBarriers()));

    await page.goto('/security/passkey');
    await visitor.fill({ 'Name of the passkey': 'Laptop' });
    await page.getByRole('button', { name: 'Create the passkey' }).click();
    await page.waitForURL('**/security?notice=passkey_added');
    barriers.push(...(await visitor.findBarriers()));

    await page.goto('/sign-out');
    await visitor.press('Sign out');
    await visitor.fill({ 'Email address': email, Password: password });
    await visitor.press('Sign in');
    expect(visitor.path()).toBe('/sign-in/second-factor');
    await page.getByText('Use a recovery code instead').click();
    barriers.push(...(await visitor.findBarriers()));
    await visitor.fill({ 'Recovery code': recoveryCodes[0]! });
    await visitor.press('Sign in with the recovery code');
    expect(visitor.path()).toBe('/security');

    await page.goto('/sign-out');
    await visitor.press('Sign out');
    await visitor.fill({ 'Email address': email, Password: password });
    await visitor.press('Sign in');
    await page.getByRole('link', { name: 'Use a passkey instead' }).click();
    await page.getByRole('button', { name: 'Use a passkey' }).click();
    await page.waitForURL('**/security');

    await page.goto('/sign-out');
    await visitor.press('Sign out');
    await page.getByRole('link', { name: 'Use a passkey' }).click();
    await page.getByRole('button', { name: 'Use a passkey' }).click();
    await page.waitForURL('**/security');
    expect(await page.getByText(email).first().isVisible()).toBe(true);
    expect([...visitor.complaints, ...barriers]).toEqual([]);
    await visitor.close();
  });

  it('takes somebody through sign-in and consent to the address of an application, which no form may lead to', async () => {
    const operator = new HttpBrowser(url);
    await operator.expect('POST', '/auth/sign-in/email', { email: 'admin@plinth.localhost', password: adminPassword });
    const callback = `http://127.0.0.1:${(application.address() as AddressInfo).port}/callback`;
    const client = await operator.expect<{ id: string; secret: string }>('POST', '/clients', {
      name: 'Dashboards',
      redirectUris: [callback],
      grantTypes: ['authorization_code', 'device_code'],
    });
    const configuration = await openid.discovery(
      new URL(`${url}/api/v1/auth`),
      client.id,
      undefined,
      openid.ClientSecretBasic(client.secret),
      { execute: [openid.allowInsecureRequests] },
    );
    const verifier = openid.randomPKCECodeVerifier();
    const start = openid.buildAuthorizationUrl(configuration, {
      redirect_uri: callback,
      scope: 'openid email',
      code_challenge: await openid.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
    });

    const visitor = await BrowserPage.open(browser, 'en', url);
    const email = 'grace@example.com';
    await signUp(visitor, email);
    await visitor.page.goto('/sign-out');
    await visitor.press('Sign out');
    await visitor.page.goto(start.href);
    await visitor.fill({ 'Email address': email, Password: password });
    await visitor.press('Sign in');
    await visitor.page.getByRole('button', { name: 'Allow', exact: true }).waitFor();
    const barriers = await visitor.findBarriers();
    await visitor.press('Allow');
    await visitor.page.waitForURL(`${callback}?**`);
    expect(await visitor.page.innerText('body')).toBe('the application');
    const tokens = await openid.authorizationCodeGrant(configuration, new URL(visitor.page.url()), {
      pkceCodeVerifier: verifier,
    });
    expect(tokens.claims()).toMatchObject({ email });

    const device = await openid.initiateDeviceAuthorization(configuration, { scope: 'openid' });
    await visitor.page.goto(device.verification_uri_complete!);
    await visitor.press('Continue');
    barriers.push(...(await visitor.findBarriers()));
    await visitor.press('Connect');
    await visitor.page.getByRole('heading', { name: 'The device is connected' }).waitFor();
    barriers.push(...(await visitor.findBarriers()));
    expect([...visitor.complaints, ...barriers]).toEqual([]);
    await visitor.close();
  });

  it('shows organizations, invitations and support sessions without a barrier', async () => {
    const owner = await BrowserPage.open(browser, 'de', url);
    await owner.page.goto('/sign-up?lang=en');
    await signUp(owner, 'owner@example.com');
    const call = async (path: string, data: object) => {
      const answer = await owner.page.request.post(`/api/v1${path}`, { data, headers: { origin: url } });
      expect(answer.ok(), await answer.text()).toBe(true);
    };
    await call('/organizations', { name: 'Acme & Söhne' });
    await eventually(async () => {
      await owner.page.goto('/security');
      return (await owner.page.getByText('Acme & Söhne').count()) > 0 ? true : undefined;
    });
    const barriers = await owner.findBarriers();
    await owner.page.getByText('Change your name').click();
    barriers.push(...(await owner.findBarriers()));
    await owner.page.getByRole('link', { name: 'Explain access' }).click();
    await owner.page.getByLabel('Permission').selectOption('tenant:suspend');
    await owner.fill({ 'Organization or division (optional)': 'headquarters' });
    await owner.press('Explain');
    barriers.push(...(await owner.findBarriers()));
    await owner.fill({ 'Email address or id': 'owner@example.com', 'Organization or division (optional)': '' });
    await owner.press('Explain');
    await owner.page.getByText('No, owner@example.com may not use tenant:suspend in the whole tenant.').waitFor();
    barriers.push(...(await owner.findBarriers()));
    expect(await owner.overflows(320)).toBe(false);
    expect(await owner.overflows(640, '200%')).toBe(false);
    await call('/invitations', { email: 'invited@example.com', roles: ['org_member'] });
    const invited = await BrowserPage.open(browser, 'en', url);
    await invited.page.goto(await invitationTo('invited@example.com'));
    await invited.fill({ Name: 'Invited', Password: 'short' });
    await invited.press('Create account and join');
    barriers.push(...(await invited.findBarriers()));
    await invited.fill({ Password: password });
    await invited.press('Create account and join');
    await invited.page.waitForURL('**/security?notice=invitation_accepted');

    const support = await BrowserPage.open(browser, 'en', url);
    await support.page.goto('/sign-in');
    await support.fill({ 'Email address': 'admin@plinth.localhost', Password: adminPassword });
    await support.press('Sign in');
    const { id: userId } = (await (await owner.page.request.get('/api/v1/users/me')).json()) as { id: string };
    const data = { userId, reason: 'ticket 4711', minutes: 20 };
    const started = await support.page.request.post('/api/v1/impersonations', { data, headers: { origin: url } });
    expect(started.status()).toBe(201);
    await support.page.goto('/security');
    await support.page.getByText(/is acting as Ada Lovelace, until/).waitFor();
    barriers.push(...(await support.findBarriers()));
    await support.press('Stop acting as Ada Lovelace');
    await support.page.getByText('You are yourself again.').waitFor();
    expect([...owner.complaints, ...invited.complaints, ...support.complaints, ...barriers]).toEqual([]);
    for (const visitor of [owner, invited, support]) await visitor.close();
  });

  /** The link of an invitation, from the files in which the embedded platform leaves its mail. */
  function invitationTo(address: string): Promise<string> {
    const folder = join(directory, 'data', 'mail');
    return eventually(async () => {
      for (const file of await readdir(folder).catch(() => [])) {
        const text = (await readFile(join(folder, file), 'utf8')).replaceAll('=\r\n', '').replaceAll('=\n', '');
        const link = /\/sign-in\/invitation\?token=3D([\w-]+)/.exec(text);
        if (link !== null && text.includes(`To: ${address}`)) return `/sign-in/invitation?token=${link[1]}`;
      }
      return undefined;
    });
  }

  const pages = [
    '/sign-in',
    '/sign-in?notice=signed_out',
    '/sign-in?error=federation.denied',
    '/sign-up',
    '/sign-in/forgotten',
    '/sign-in/forgotten?sent=true',
    '/sign-in/reset?token=a',
    '/sign-in/email',
    '/sign-in/email?token=a',
    '/sign-in/verify',
    '/sign-in/organization',
    '/sign-in/passkey',
    '/sign-in/invitation?token=a',
    '/sign-in/no-such-page',
  ];
  const ownPages = ['/security', '/security/passkey', '/security/explain', '/device', '/sign-out'];

  it.each(['en', 'de'])('has no barrier on any page in either theme, in %s', async (locale) => {
    const visitor = await BrowserPage.open(browser, locale, url);
    const found: string[] = [];
    const look = async () => found.push(...(await visitor.findBarriers()));
    for (const path of pages) {
      await visitor.page.goto(path);
      expect(await visitor.page.getAttribute('html', 'lang')).toBe(locale);
      await look();
    }
    for (const path of ['/sign-in', '/sign-up', '/sign-in/email', '/sign-in/verify']) {
      await visitor.page.goto(path);
      await visitor.page.locator('form .button.main').first().click();
      expect(await visitor.page.getByRole('alert').count(), path).toBe(1);
      await look();
    }
    await visitor.page.goto('/sign-up');
    const inputs = visitor.page.locator('input:not([type=hidden])');
    for (const [index, value] of ['Ada', `barriers-${locale}@example.com`, password].entries())
      await inputs.nth(index).fill(value);
    await visitor.page.locator('form .button.main').click();
    for (const path of ownPages) {
      await visitor.page.goto(path);
      await look();
    }
    await visitor.page.goto('/security');
    await visitor.page.locator('form[action="/security/authenticator"] button').click();
    await look();
    expect(found).toEqual([]);
    expect(visitor.complaints).toEqual([]);
    await visitor.close();
  });

  it('fits 320 pixels, and letters of double size, without scrolling sideways', async () => {
    const visitor = await BrowserPage.open(browser, 'de', url);
    const wide: string[] = [];
    for (const path of pages) {
      await visitor.page.goto(path);
      if (await visitor.overflows(320)) wide.push(`${path} at 320`);
      if (await visitor.overflows(640, '200%')) wide.push(`${path} at 640 with double letters`);
    }
    expect(wide).toEqual([]);
    await visitor.close();
  });

  it('is gone through by keyboard in the order in which it is read, and shows where the focus is', async () => {
    const visitor = await BrowserPage.open(browser, 'en', url);
    const { page } = visitor;
    await page.goto('/sign-in');
    const names: string[] = [];
    for (let count = 0; count < 6; count += 1) {
      await page.keyboard.press('Tab');
      const focused = page.locator(':focus');
      names.push((await focused.getAttribute('id')) ?? (await focused.innerText()));
      const outline = await page.evaluate<string>('getComputedStyle(document.activeElement).outlineStyle');
      expect(outline, names.at(-1)).toBe('solid');
    }
    expect(names).toEqual(['Skip to the content', 'Plinth', 'email', 'password', 'Sign in', 'Forgot your password?']);
    await visitor.fill({ 'Email address': 'nobody' });
    await page.keyboard.press('Enter');
    await page.getByRole('alert').waitFor();
    expect(await page.locator(':focus').getAttribute('role')).toBe('alert');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    expect(await page.locator(':focus').getAttribute('id')).toBe('email');
    await visitor.close();
  });
});
