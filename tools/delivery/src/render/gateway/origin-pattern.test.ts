import { expect, test } from 'vitest';
import { originExpression, resolveOrigins } from './origin-pattern.ts';

const rules = resolveOrigins(
  ['http://localhost:*', 'https://staging-*.example.com', 'capacitor://localhost'],
  'staging',
);
const expression = new RegExp(originExpression(rules) ?? '');

test.each(['http://localhost:5173', 'https://staging-blue.example.com', 'capacitor://localhost'])(
  'allows %s',
  (origin) => {
    expect(expression.test(origin)).toBe(true);
  },
);

test.each([
  'http://localhost',
  'http://localhost:5173.evil.com',
  'https://staging-a.b.example.com',
  'https://staging-a.exampleXcom',
  'capacitor://localhost.evil.com',
  'null',
])('refuses %s', (origin) => {
  expect(expression.test(origin)).toBe(false);
});

test.each([
  ['*', 'development'],
  ['https://*', 'staging'],
  ['https://staging-*.example.com', 'production'],
])('%s is no origin for %s', (origin, environment) => {
  expect(() => resolveOrigins([origin], environment)).toThrow('would let foreign sites act');
});
