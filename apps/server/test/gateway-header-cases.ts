import { expect } from 'vitest';
import { bearer, type SuiteCase } from './gateway-case.ts';
import type { SuiteRequest } from './gateway-request.ts';
import { allowedOrigin, apiHost } from './gateway-world.ts';

const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';

/** What requests and answers say. */
export const headerCases: readonly SuiteCase[] = [
  {
    title: 'a harmless request id is carried through and echoed, any other one is replaced',
    run: async ({ send, caller }) => {
      const token = bearer(await caller.token());
      const given = await send({ path: '/api/v1/users', headers: { ...token, 'x-request-id': 'client-request-0001' } });
      expect(given.values('x-request-id')).toEqual(['client-request-0001']);
      const seen = await send({ path: '/api/v1/echo', headers: { ...token, 'x-request-id': 'client-request-0002' } });
      expect(seen.body.headers['x-request-id']).toBe('client-request-0002');
      const malformed: Readonly<Record<string, string>>[] = [{}, { 'x-request-id': 'bad id <script>' }];
      for (const sent of malformed) {
        const answer = await send({ path: '/api/v1/users', headers: { ...token, ...sent } });
        expect(answer.values('x-request-id')).toEqual([expect.stringMatching(/^[A-Za-z0-9-]{8,128}$/)]);
        const made = await send({ path: '/api/v1/echo', headers: { ...token, ...sent } });
        expect(made.body.headers['x-request-id']).toMatch(/^[A-Za-z0-9-]{8,128}$/);
      }
    },
  },
  {
    title: 'the trace goes on in the service',
    run: async ({ send, caller }) => {
      const answer = await send({ path: '/api/v1/echo', headers: { ...bearer(await caller.token()), traceparent } });
      expect(answer.body.headers.traceparent).toMatch(/^00-0af7651916cd43dd8448eb211c80319c-[0-9a-f]{16}-01$/);
    },
  },
  {
    title: 'what only a gateway may say is not believed from a client',
    run: async ({ send, caller }) => {
      const answer = await send({
        path: '/api/v1/echo',
        headers: {
          ...bearer(await caller.token()),
          'x-forwarded-for': '203.0.113.7',
          'x-forwarded-host': 'evil.example',
          'x-forwarded-proto': 'gopher',
          'x-forwarded-user': 'root',
          'x-plinth-subject': 'root',
          'x-plinth-tenant': 'another',
          ratelimit: '"echo";r=1;t=1',
        },
      });
      const seen = answer.body.headers;
      expect(seen['x-forwarded-for']).toBe('127.0.0.1');
      expect([seen['x-forwarded-host'], seen['x-forwarded-proto']]).toEqual([expect.stringContaining(apiHost), 'http']);
      expect([seen['x-forwarded-user'], seen['x-plinth-subject'], seen['x-plinth-tenant']]).toEqual(
        Array.from({ length: 3 }, () => undefined),
      );
      expect(seen.ratelimit).not.toBe('"echo";r=1;t=1');
    },
  },
  {
    title: 'sign-in gets its cookie, and no credential of the platform',
    run: async ({ send, caller }) => {
      const answer = await send({
        path: '/api/v1/echo/public',
        headers: { ...bearer(await caller.token()), cookie: 'a=1; b=2', 'x-api-key': 'plk_stale' },
      });
      const seen = answer.body.headers;
      expect([answer.status, seen.cookie, seen.authorization, seen['x-api-key']]).toEqual([
        200,
        'a=1; b=2',
        undefined,
        undefined,
      ]);
    },
  },
  {
    title: 'pages of a service get and set their cookies, keep their own policy, and are counted',
    run: async ({ name, send }) => {
      const form = { 'content-type': 'application/x-www-form-urlencoded', origin: `http://${apiHost}` };
      const shown = await send({ path: '/sign-in?lang=de', headers: { accept: 'text/html' } });
      expect([shown.status, shown.values('content-type')]).toEqual([200, ['text/html; charset=utf-8']]);
      expect(shown.text).toContain('<html lang="de">');
      expect(shown.values('content-security-policy')).toEqual([
        expect.stringMatching(/^default-src 'none'; style-src 'self'/),
      ]);
      expect(shown.values('ratelimit-policy')).toEqual(['"iam";q=200;w=60']);
      const cookie = shown
        .values('set-cookie')
        .map((header) => header.split(';')[0])
        .join('; ');
      expect(cookie).toMatch(/plinth\.form=[\w-]+/);
      const style = await send({ path: /href="(\/sign-in\/assets\/[^"]+\.css)"/.exec(shown.text)![1]! });
      expect([style.status, style.values('cache-control')]).toEqual([200, ['public, max-age=31536000, immutable']]);

      const token = /name="form_token" value="([^"]+)"/.exec(shown.text)![1]!;
      const body = new URLSearchParams({
        form_token: token,
        email: `${name}@example.test`,
        password: 'not the right one',
      });
      const tried = await send({
        method: 'POST',
        path: '/sign-in',
        headers: { ...form, cookie },
        body: body.toString(),
      });
      expect([tried.status, tried.text.includes('Passwort')]).toEqual([401, true]);
      const forged = await send({ method: 'POST', path: '/sign-in', headers: form, body: body.toString() });
      expect(forged.status).toBe(403);
      const large = await send({
        method: 'POST',
        path: '/sign-in',
        headers: { ...form, cookie },
        body: 'a'.repeat(70_000),
      });
      expect(large.status).toBe(413);
    },
  },
  {
    title: 'security headers are there once, on answers of services and on refusals',
    run: async ({ send, caller }) => {
      const token = bearer(await caller.token());
      const requests = [
        { path: '/api/v1/echo', headers: token },
        { path: '/api/v1/users', headers: token },
        { path: '/api/v1/users' },
        { path: '/' },
      ];
      for (const request of requests) {
        const answer = await send(request);
        expect(answer.values('x-content-type-options')).toEqual(['nosniff']);
        expect(answer.values('x-frame-options')).toEqual(['SAMEORIGIN']);
        expect(answer.values('referrer-policy')).toEqual(['strict-origin-when-cross-origin']);
        expect(answer.values('permissions-policy')).toEqual(['geolocation=(), microphone=(), camera=()']);
      }
    },
  },
  {
    title: 'a preflight request of a listed origin is answered, of another one it names no origin',
    run: async ({ send }) => {
      const preflight = (origin: string): SuiteRequest => ({
        method: 'OPTIONS',
        path: '/api/v1/echo',
        headers: {
          origin,
          'access-control-request-method': 'PATCH',
          'access-control-request-headers': 'authorization',
        },
      });
      for (const origin of [allowedOrigin, 'http://localhost:5173']) {
        const answer = await send(preflight(origin));
        expect([200, 204]).toContain(answer.status);
        expect(answer.values('access-control-allow-origin')).toEqual([origin]);
        expect(answer.values('access-control-allow-credentials')).toEqual(['true']);
        expect(answer.values('access-control-max-age')).toEqual(['3600']);
        expect(answer.values('access-control-allow-methods')[0]).toContain('PATCH');
        expect(answer.values('access-control-allow-headers')[0]).toContain('Idempotency-Key');
      }
      for (const origin of [
        'https://evil.example',
        'http://localhost:5173.evil.example',
        `${allowedOrigin}.evil.example`,
      ]) {
        expect((await send(preflight(origin))).values('access-control-allow-origin')).toEqual([]);
      }
    },
  },
  {
    title: 'answers and refusals may be read by listed origins only, each header once',
    run: async ({ send, caller }) => {
      const token = bearer(await caller.token());
      for (const headersOfRequest of [token, {}]) {
        for (const path of ['/api/v1/users', '/api/v1/echo']) {
          const answer = await send({ path, headers: { ...headersOfRequest, origin: allowedOrigin } });
          expect(answer.values('access-control-allow-origin')).toEqual([allowedOrigin]);
          expect(answer.values('access-control-allow-credentials')).toEqual(['true']);
          expect(answer.values('access-control-expose-headers').join()).toContain('X-Request-ID');
          expect(answer.values('vary').join()).toContain('Origin');
          const refused = await send({ path, headers: { ...headersOfRequest, origin: 'https://evil.example' } });
          expect(refused.values('access-control-allow-origin')).toEqual([]);
        }
      }
    },
  },
];
