import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { CompanyServer } from '../../test/company-server.ts';
import {
  buildCompanyUpstream,
  companyAnswer as answer,
  companyFlow as flow,
  companySecret as secret,
} from '../../test/company-upstream.ts';
import type { ProviderSettings } from '../identity-provider/provider-settings.ts';

let company: CompanyServer;
beforeAll(async () => {
  company = await CompanyServer.start();
});
beforeEach(() => void company.requests.splice(0));
afterAll(() => company.stop());

const build = (settings: ProviderSettings, own = secret) => buildCompanyUpstream(company, settings, own);

const tokenRequest = (path: string) => company.requests.find(({ url }) => url.pathname.endsWith(path))!;

it('signs in by GitHub: the id instead of the name, the primary address and whether it is verified', async () => {
  const upstream = build({ kind: 'github', clientId: 'the-client', baseUrl: 'https://github.com' });
  const url = await upstream.start(flow);
  expect(url.origin + url.pathname).toBe('https://github.com/login/oauth/authorize');
  company.answer('github.com/login/oauth/access_token', ({ headers }) =>
    headers.accept === 'application/json'
      ? {
          body: {
            access_token: 'gho_16C7e42F292c6912E7710c838347Ae178B4a',
            scope: 'read:user,user:email',
            token_type: 'bearer',
          },
        }
      : { type: 'application/x-www-form-urlencoded', body: 'access_token=gho_1&token_type=bearer' },
  );
  company.answer('api.github.com/user', ({ headers }) =>
    headers.authorization === 'Bearer gho_16C7e42F292c6912E7710c838347Ae178B4a' && headers['user-agent'] !== undefined
      ? {
          body: {
            login: 'octocat',
            id: 583231,
            node_id: 'MDQ6VXNlcjE=',
            name: 'Ann GitHub',
            email: 'shown@evil.test',
            type: 'User',
          },
        }
      : { status: 401, body: { message: 'Bad credentials' } },
  );
  const emails = (verified: boolean) =>
    company.answer('api.github.com/user/emails', () => ({
      body: [
        { email: 'other@a.test', primary: false, verified: true, visibility: null },
        { email: 'octocat@github.test', primary: true, verified, visibility: 'private' },
      ],
    }));
  for (const verified of [true, false]) {
    emails(verified);
    expect(await upstream.finish(answer(), flow)).toEqual({
      issuer: 'https://github.com/login/oauth',
      subject: '583231',
      email: 'octocat@github.test',
      emailVerified: verified,
      name: 'Ann GitHub',
      locale: undefined,
      multiFactor: false,
    });
  }
  expect(Object.fromEntries(tokenRequest('/access_token').form)).toMatchObject({
    code: 'the-code',
    client_secret: secret,
    code_verifier: flow.verifier,
  });
  // GitHub says so with status 200.
  company.answer('github.com/login/oauth/access_token', () => ({
    body: { error: 'bad_verification_code', error_description: 'The code passed is incorrect or expired.' },
  }));
  await expect(upstream.finish(answer(), flow)).rejects.toMatchObject({ code: 'federation.refused' });
});

it("signs in by Facebook: an id of the application's own, an address that never counts as verified, or none", async () => {
  const upstream = build({ kind: 'facebook', clientId: '1234567890' });
  const url = await upstream.start(flow);
  expect(url.origin + url.pathname).toBe('https://www.facebook.com/v24.0/dialog/oauth');
  company.answer('graph.facebook.com/v24.0/oauth/access_token', () => ({
    body: { access_token: 'EAAB', token_type: 'bearer', expires_in: 5183944 },
  }));
  const proof = createHmac('sha256', secret).update('EAAB').digest('hex');
  const profile = (email: object) =>
    company.answer('graph.facebook.com/v24.0/me', ({ url: asked }) =>
      asked.searchParams.get('appsecret_proof') === proof
        ? { body: { id: '10215000000000000', name: 'Ann Facebook', ...email } }
        : {
            status: 400,
            body: { error: { message: 'Invalid appsecret_proof', type: 'GraphMethodException', code: 100 } },
          },
    );
  profile({ email: 'ann@a.test' });
  expect(await upstream.finish(answer(), flow)).toMatchObject({
    subject: '1234567890:10215000000000000',
    email: 'ann@a.test',
    emailVerified: false,
    name: 'Ann Facebook',
  });
  profile({});
  expect((await upstream.finish(answer(), flow)).email).toBeUndefined();
});
