import { expect } from 'vitest';
import { bearer, expectProblem, type SuiteCase } from './gateway-case.ts';

/** Where requests go, and what happens when nobody is there. */
export const troubleCases: readonly SuiteCase[] = [
  {
    title: 'an unknown path gets 404',
    run: async ({ send, caller }) => {
      expectProblem(
        await send({ path: '/api/v1/nothing', headers: bearer(await caller.token()) }),
        404,
        'route.not_found',
      );
      expectProblem(await send({ path: '/api/v1/echos' }), 404, 'route.not_found');
    },
  },
  {
    title: 'the longest prefix of whole segments wins',
    run: async ({ send, caller }) => {
      const headers = bearer(await caller.token());
      const services = await Promise.all(
        ['/echo/deep', '/echo/deep/er?x=1', '/echo/deeper', '/echo'].map(
          async (path) => (await send({ path: `/api/v1${path}`, headers })).body?.service,
        ),
      );
      expect(services).toEqual(['deep', 'deep', 'echo', 'echo']);
    },
  },
  {
    title: 'a service that does not answer on a critical route is given up after five seconds',
    run: async ({ send, caller }) => {
      const answer = await send({ path: '/api/v1/slow', headers: bearer(await caller.token()) });
      expectProblem(answer, 504, 'service.timeout');
      expect(answer.seconds).toBeGreaterThan(4.5);
      expect(answer.seconds).toBeLessThan(7);
    },
    except: {
      embedded: {
        because: 'it tells a service that is late by code, and by one status with a service that is gone',
        run: async ({ send, caller }) => {
          const answer = await send({ path: '/api/v1/slow', headers: bearer(await caller.token()) });
          expectProblem(answer, 503, 'service.timeout');
          expect(answer.seconds).toBeLessThan(7);
        },
      },
      traefik: {
        because: 'it has no problem documents of its own',
        run: async ({ send, caller }) => {
          const answer = await send({ path: '/api/v1/slow', headers: bearer(await caller.token()) });
          expect(answer.status).toBe(504);
          expect(answer.seconds).toBeLessThan(7);
        },
      },
    },
  },
  {
    title: 'a service that is gone gets 502 or 503',
    run: async ({ send, caller }) => {
      const answer = await send({ path: '/api/v1/down', headers: bearer(await caller.token()) });
      expect([502, 503]).toContain(answer.status);
      expectProblem(answer, answer.status, 'service.unavailable');
    },
    except: {
      traefik: {
        because: 'it has no problem documents of its own',
        run: async ({ send, caller }) => {
          const answer = await send({ path: '/api/v1/down', headers: bearer(await caller.token()) });
          expect([502, 503]).toContain(answer.status);
        },
      },
    },
  },
  {
    title: 'a path that says one thing and means another reaches no private route',
    run: async ({ send }) => {
      for (const path of [
        '/api/v1/echo/public/../deep',
        '/api/v1/echo/public/%2e%2e/limited',
        '//api/v1/echo/deep',
        '/api/v1/%65cho/deep',
        '/API/v1/echo/deep',
      ]) {
        const answer = await send({ path });
        // Either refused, or taken for the public route by everybody: without a caller in any case.
        expect([path, answer.body?.headers?.authorization, answer.body?.service]).toEqual([
          path,
          undefined,
          answer.status === 200 ? 'echo' : undefined,
        ]);
      }
    },
  },
  {
    title: 'nobody outside reaches the question that gateways ask',
    run: async ({ send, caller }) => {
      const claims = {
        ...bearer(await caller.token()),
        'x-forwarded-method': 'GET',
        'x-forwarded-uri': '/api/v1/echo',
        'x-forwarded-for': '127.0.0.1, 127.0.0.1',
      };
      for (const path of [
        '/edge/verify?service=echo',
        '//edge/verify?service=echo',
        '/edge/../edge/verify?service=echo',
        '/%65dge/verify?service=echo',
      ]) {
        const answer = await send({ path, headers: claims });
        expect([path, answer.status >= 400 && answer.status < 500]).toEqual([path, true]);
        expect(answer.values('authorization')).toEqual([]);
      }
    },
  },
];
