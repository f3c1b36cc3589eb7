import { signInternalToken, Secret } from '@plinth/common';
import { expect } from 'vitest';
import { bearer, expectProblem, type GatewayUnderTest, type SuiteCase } from './gateway-case.ts';
import { allowedOrigin, internalSecret } from './gateway-world.ts';

/** Who gets through, and as whom. */
export const callerCases: readonly SuiteCase[] = [
  {
    title: 'a valid token reaches the service as an internal token for it, and credentials do not',
    run: async ({ send, caller, world }) => {
      const answer = await send({
        path: '/api/v1/echo/things?a=1&b=%2F',
        headers: { ...bearer(await caller.token()), cookie: 'a=1', 'x-custom': 'kept' },
      });
      expect(answer.status).toBe(200);
      const { headers, url, service } = answer.body;
      expect({ service, url }).toEqual({ service: 'echo', url: '/api/v1/echo/things?a=1&b=%2F' });
      const claims = JSON.parse(Buffer.from(headers.authorization.split('.')[1], 'base64url').toString('utf8'));
      expect(claims).toMatchObject({ aud: 'echo', principal: { kind: 'user', tenant: world.tenantId } });
      expect([headers.cookie, headers['x-custom'], headers.host]).toEqual([undefined, 'kept', expect.any(String)]);
    },
  },
  {
    title: 'a valid token is taken by a service of the platform, with its rate limit and one request id',
    run: async ({ send, caller }) => {
      const answer = await send({ path: '/api/v1/usage?limit=1', headers: bearer(await caller.token()) });
      expect([answer.status, answer.body?.code]).not.toEqual([401, 'auth.required']);
      expect(answer.values('ratelimit-policy')).toEqual(['"metering";q=500;w=60']);
      expect(answer.values('ratelimit')).toEqual([expect.stringMatching(/^"metering";r=\d+;t=\d+$/)]);
      expect(answer.values('x-request-id')).toHaveLength(1);
    },
  },
  ...(
    [
      ['expired', { expiresInSeconds: -60 }],
      ['of an unknown key', { kid: '7b0e7d0f-7f3d-4c55-8a35-1f3f6bd0a111' }],
      ['for another audience', { audience: 'somebody-else' }],
      ['of another issuer', { issuer: 'https://issuer.example/' }],
    ] as const
  ).map(([title, changes]) => ({
    title: `a token ${title} is refused`,
    run: async ({ send, caller }: GatewayUnderTest) => {
      const answer = await send({ path: '/api/v1/echo', headers: bearer(await caller.token(changes)) });
      expectProblem(answer, 401, 'auth.token_invalid');
      expect(answer.values('www-authenticate')).toEqual(['Bearer']);
    },
  })),
  {
    title: 'a token without a signature is refused',
    run: async ({ send, world }) =>
      expectProblem(
        await send({ path: '/api/v1/echo', headers: bearer(world.unsignedToken()) }),
        401,
        'auth.token_invalid',
      ),
  },
  {
    title: 'an internal token from outside is refused, even a genuine one',
    run: async ({ send, world }) => {
      const principal = { kind: 'user' as const, subject: 'ada', tenant: world.tenantId, roles: ['platform_admin'] };
      const token = signInternalToken(principal, 'echo', new Secret(internalSecret), Date.now());
      expectProblem(await send({ path: '/api/v1/echo', headers: bearer(token) }), 401, 'auth.token_invalid');
    },
  },
  {
    title: 'a private route without a credential is refused',
    run: async ({ send }) => {
      const answer = await send({ path: '/api/v1/users' });
      expectProblem(answer, 401, 'auth.required');
      expect(answer.body.instance).toBe('/api/v1/users');
    },
  },
  {
    title: 'an API key is taken, by its own header or as a bearer token, and not passed on',
    run: async ({ send, world }) => {
      for (const headers of [{ 'x-api-key': world.apiKey }, bearer(world.apiKey)]) {
        const answer = await send({ path: '/api/v1/echo', headers });
        expect(answer.status).toBe(200);
        expect(JSON.stringify(answer.body)).not.toContain(world.apiKey);
      }
      const wrong = await send({ path: '/api/v1/echo', headers: { 'x-api-key': `${world.apiKey}x` } });
      expectProblem(wrong, 401, 'auth.api_key_invalid');
    },
  },
  {
    title: 'a session is taken, except for writing from a foreign site',
    run: async ({ send, world }) => {
      const { cookie } = world;
      expect((await send({ path: '/api/v1/echo', headers: { cookie } })).status).toBe(200);
      const own = { cookie, origin: allowedOrigin };
      expect((await send({ method: 'POST', path: '/api/v1/echo', headers: own, body: 'x' })).status).toBe(200);
      const foreign = { cookie, origin: 'https://evil.example' };
      const answer = await send({ method: 'POST', path: '/api/v1/echo', headers: foreign, body: 'x' });
      expectProblem(answer, 403, 'auth.origin_refused');
    },
  },
  {
    title: 'a suspended tenant gets a problem of its own',
    run: async ({ send, caller, world }) => {
      const token = await caller.token({ tenant: world.suspendedTenantId });
      expectProblem(await send({ path: '/api/v1/echo', headers: bearer(token) }), 403, 'tenant.suspended');
    },
  },
];
