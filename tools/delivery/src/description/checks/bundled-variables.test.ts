import { expect, it } from 'vitest';
import { checkDescription } from '../check-description.ts';
import { buildDescription } from '../description.builders.ts';
import { nest, next, svelteKit, vite } from '../platform-description.ts';

const shown = (name: string) => ({ name, type: 'string', doc: 'what a page shows' }) as const;

it('lets a bundle hold what is the same everywhere, and a server or a page at run time what is not', () => {
  const environments = {
    development: { domain: 'localhost', variables: { web: { API_URL: 'http://data.localhost' } } },
    production: { variables: { site: { API_URL: 'https://data.shop.example.com' } } },
  };
  const { faults } = checkDescription(
    buildDescription({
      applications: [
        next('web', { variables: [{ ...shown('API_URL'), default: 'https://data.shop.example.com' }] }),
        vite('site', {
          host: 'site',
          variables: [
            { ...shown('API_URL'), default: '/' },
            { ...shown('VITE_TITLE'), default: 'Shop' },
          ],
        }),
        svelteKit('kit', {
          variables: [{ ...shown('PUBLIC_MODE'), environments: { production: 'live' }, default: 'test' }],
        }),
      ],
      environments,
    }),
  );
  expect(faults).toEqual([]);
});

it('takes a variable that only speaks of secrets, and an address without a password', () => {
  const variables = [
    { ...shown('TOKEN_LIFETIME'), default: '15m' },
    { ...shown('BROKER_URL'), default: 'amqp://broker:5672/shop@home' },
  ];
  const { faults } = checkDescription(buildDescription({ applications: [nest('api', { variables })] }));
  expect(faults.map(({ rule }) => rule)).not.toContain('plain-secret');
});
