import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ServiceUnderTest } from '@plinth/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { contractOf, password, signUp, startIam } from '../../test/builders.ts';
import { lastMailTo, tokenOf } from '../../test/mailbox.ts';

const online = 'known only to the range API';
const asked: string[] = [];
const rangeApi = createServer((request, response) => {
  asked.push(request.url!);
  const digest = createHash('sha1').update(online).digest('hex').toUpperCase();
  response.end(request.url === `/range/${digest.slice(0, 5)}` ? `${digest.slice(5)}:7` : '');
});
let iam: ServiceUnderTest;
beforeAll(async () => {
  await new Promise<void>((resolve) => rangeApi.listen(0, '127.0.0.1', resolve));
  const { port } = rangeApi.address() as AddressInfo;
  iam = await startIam({ environment: { IAM_BREACH_CHECK_URL: `http://127.0.0.1:${port}/range` } });
});
afterAll(async () => {
  await iam.stop();
  rangeApi.closeAllConnections();
  await new Promise((resolve) => rangeApi.close(resolve));
});

const refusal = (path: string) => ({
  status: 400,
  body: { code: 'authentication.password_breached', suggestion: expect.stringContaining('Choose'), errors: [{ path }] },
});
const signUpWith = (given: string, email = 'chooser@example.test') =>
  iam.request('POST', '/auth/sign-up/email', { body: { email, password: given, name: 'Ann' } });

test('refuses common passwords at sign-up, change and reset, and says what to do', async () => {
  expect(await signUpWith('Password1234!')).toMatchObject(refusal('/password'));
  const user = await signUp(iam);
  const principal = (await contractOf(iam).authenticateSession({ cookie: user.cookie }))!;
  const changed = await iam.request('PUT', '/users/me/password', {
    principal,
    body: { currentPassword: password, newPassword: 'qwertyuiop' },
  });
  expect(changed).toMatchObject(refusal('/newPassword'));
  await iam.request('POST', '/auth/password-reset', { body: { email: user.email } });
  const token = tokenOf(await lastMailTo(iam, user.email, 2), '/sign-in/reset');
  const reset = (given: string) =>
    iam.request('POST', '/auth/password-reset/confirm', { body: { token, password: given } });
  expect(await reset('1234567890')).toMatchObject(refusal('/password'));
  expect((await reset('a better horse')).status).toBe(200);
});

test('asks the range API for what the bundled list does not know, by five digits alone', async () => {
  expect(await signUpWith(online)).toMatchObject(refusal('/password'));
  expect(asked.every((url) => /^\/range\/[0-9A-F]{5}$/.test(url))).toBe(true);
});

test('refuses a password that contains the email address or the name of the product', async () => {
  const refused = { status: 400, body: { code: 'request.invalid', errors: [{ path: '/password' }] } };
  expect(await signUpWith('the-Chooser-is-here')).toMatchObject(refused);
  expect(await signUpWith('welcome to plinth')).toMatchObject(refused);
});
