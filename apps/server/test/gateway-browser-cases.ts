import { expect } from 'vitest';
import { expectProblem, type SuiteCase } from './gateway-case.ts';
import { publicUrl } from './gateway-world.ts';

const navigation = { accept: 'text/html', 'sec-fetch-mode': 'navigate' };

/** What people meet who are not signed in. */
export const browserCases: readonly SuiteCase[] = [
  {
    title: 'a browser that opens a private page is led to the sign-in, and back from there',
    run: async ({ send }) => {
      const answer = await send({ path: '/api/v1/users?a=1&b=%2F', headers: navigation });
      expect(answer.status).toBe(302);
      expect(answer.values('location')).toEqual([
        `${publicUrl}/sign-in?return_to=%2Fapi%2Fv1%2Fusers%3Fa%3D1%26b%3D%252F`,
      ]);
      expect(answer.values('x-frame-options')).toEqual(['SAMEORIGIN']);
      expect(answer.values('www-authenticate')).toEqual([]);
    },
  },
  {
    title: 'scripts and writes are told that they are not signed in, not led anywhere',
    run: async ({ send }) => {
      const script = { accept: 'text/html', 'sec-fetch-mode': 'cors' };
      expectProblem(await send({ path: '/api/v1/users', headers: script }), 401, 'auth.required');
      const written = await send({ method: 'POST', path: '/api/v1/api-keys', headers: navigation });
      expectProblem(written, 401, 'auth.required');
    },
  },
  {
    title: 'open redirect: what the client says of its host leads nobody there',
    run: async ({ send }) => {
      const answer = await send({
        path: '/api/v1/users',
        headers: { ...navigation, 'x-forwarded-host': 'evil.example', forwarded: 'host=evil.example' },
      });
      expect(answer.values('location')).toEqual([`${publicUrl}/sign-in?return_to=%2Fapi%2Fv1%2Fusers`]);
    },
  },
];
