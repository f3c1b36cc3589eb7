import { expect, test } from 'vitest';
import { createOriginCheck } from './origins.ts';

const isAllowed = createOriginCheck([
  'http://localhost:*',
  'https://staging-*.example.com',
  'https://app.example.com',
  'capacitor://localhost',
]);

test.each([
  'http://localhost:5173',
  'https://staging-blue.example.com',
  'https://app.example.com',
  'capacitor://localhost',
])('allows %s', (origin) => {
  expect(isAllowed(origin)).toBe(true);
});

test.each([
  'http://localhost',
  'http://localhost:5173.evil.com',
  'https://staging-a.b.example.com',
  'https://staging-.example.com.evil.com',
  'https://app.example.com.evil.com',
  'https://appXexample.com',
  'null',
  'http://evil.com?http://localhost:1',
])('refuses %s', (origin) => {
  expect(isAllowed(origin)).toBe(false);
});
