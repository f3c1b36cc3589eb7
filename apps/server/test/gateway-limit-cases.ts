import { expect } from 'vitest';
import { bearer, expectProblem, type SuiteCase } from './gateway-case.ts';

/** How much gets through. */
export const limitCases: readonly SuiteCase[] = [
  {
    title: 'the request over the limit gets 429 with Retry-After and the RateLimit fields',
    run: async ({ send, caller }) => {
      const headers = bearer(await caller.token());
      const statuses: number[] = [];
      for (let count = 0; count < 3; count += 1)
        statuses.push((await send({ path: '/api/v1/echo/limited', headers })).status);
      expect(statuses).toEqual([200, 200, 200]);
      const answer = await send({ path: '/api/v1/echo/limited', headers });
      expectProblem(answer, 429, 'request.rate_limited');
      expect(Number(answer.values('retry-after')[0])).toBeGreaterThan(0);
      expect(answer.values('ratelimit-policy')).toEqual(['"echo";q=3;w=60']);
      expect(answer.values('ratelimit')).toEqual([expect.stringMatching(/^"echo";r=0;t=\d+$/)]);
    },
  },
  {
    title: 'a public route is counted by address, whatever the client claims to be its address',
    run: async ({ send }) => {
      const remaining: number[] = [];
      for (const claimed of ['203.0.113.7', '203.0.113.8']) {
        const answer = await send({
          path: '/api/v1/auth/jwks',
          headers: { 'x-forwarded-for': claimed, forwarded: `for=${claimed}`, 'x-real-ip': claimed },
        });
        expect(answer.status).toBe(200);
        remaining.push(Number(/r=(\d+)/.exec(answer.values('ratelimit')[0] ?? '')?.[1]));
      }
      expect(remaining[1]).toBe((remaining[0] ?? 0) - 1);
    },
  },
  {
    title: 'a body over the limit that does not announce its length is not passed on',
    run: async ({ send, caller }) => {
      const headers = { ...bearer(await caller.token()), 'content-type': 'text/plain' };
      const answer = await send({
        method: 'POST',
        path: '/api/v1/echo',
        headers,
        body: 'x'.repeat(4096),
        chunked: true,
      });
      expect(answer.status).toBe(413);
    },
  },
  {
    title: 'a body over the limit of its route is refused',
    run: async ({ send, caller }) => {
      const headers = { ...bearer(await caller.token()), 'content-type': 'text/plain' };
      const fits = await send({ method: 'POST', path: '/api/v1/echo', headers, body: 'x'.repeat(2048) });
      expect([fits.status, fits.body?.bodyBytes]).toEqual([200, 2048]);
      const answer = await send({ method: 'POST', path: '/api/v1/echo', headers, body: 'x'.repeat(2049) });
      expectProblem(answer, 413, 'request.too_large');
    },
    except: {
      traefik: {
        because: 'its buffering middleware answers 413 itself, without a problem document',
        run: async ({ send, caller }) => {
          const headers = { ...bearer(await caller.token()), 'content-type': 'text/plain' };
          const answer = await send({ method: 'POST', path: '/api/v1/echo', headers, body: 'x'.repeat(2049) });
          expect(answer.status).toBe(413);
        },
      },
    },
  },
];
