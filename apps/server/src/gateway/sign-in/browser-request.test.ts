import { expect, test } from 'vitest';
import { isNavigation, readReturnPath } from './browser-request.ts';

test.each([
  ['a browser says that it navigates', 'GET', { 'sec-fetch-mode': 'navigate' }, true],
  ['HTML is wanted first', 'GET', { accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8' }, true],
  ['only the head is asked for', 'HEAD', { accept: 'text/html' }, true],
  ['a script of a page asks', 'GET', { 'sec-fetch-mode': 'cors', accept: 'text/html' }, false],
  ['JSON is wanted first', 'GET', { accept: 'application/json, text/html' }, false],
  ['a problem is wanted first', 'GET', { accept: 'application/problem+json, text/html' }, false],
  ['anything is wanted', 'GET', { accept: '*/*' }, false],
  ['nothing is said', 'GET', {}, false],
  ['something is sent', 'POST', { 'sec-fetch-mode': 'navigate' }, false],
  ['a token is there', 'GET', { 'sec-fetch-mode': 'navigate', authorization: 'Bearer x' }, false],
  ['an API key is there', 'GET', { 'sec-fetch-mode': 'navigate', 'x-api-key': 'x' }, false],
])('tells a person who opens a page from a program when %s', (_case, method, headers, expected) => {
  expect(isNavigation({ method, headers })).toBe(expected);
});

test.each(['/', '/things?a=1&b=%2F#part', '/a//b', '/%2F%2Fevil.example', '/~ada/x.html', '/edges'])(
  'leads back to %s',
  (path) => expect(readReturnPath(path)).toBe(path),
);

test.each([
  '//evil.example',
  '/\\evil.example',
  '\\\\evil.example',
  'https://evil.example/',
  'javascript:alert(1)',
  '/\tevil',
  '/..//evil.example',
  '/a/..//evil.example',
  'things',
  '',
  '/edge/sign-in',
  '/edge/../edge/callback?code=x',
  `/${'x'.repeat(3000)}`,
])('open redirect: leads to the first page instead of %s', (path) => expect(readReturnPath(path)).toBe('/'));
