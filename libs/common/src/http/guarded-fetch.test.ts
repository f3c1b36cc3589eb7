import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { guardedFetch } from './guarded-fetch.ts';
import { isPublicAddress } from './public-address.ts';

let server: Server;
let base: string;
let requests = 0;
beforeAll(async () => {
  server = createServer((request, response) => {
    requests += 1;
    if (request.url === '/redirect') response.writeHead(302, { location: 'http://169.254.169.254/' }).end();
    else if (request.url === '/long') response.end('x'.repeat(5000));
    else if (request.url === '/slow') setTimeout(() => response.end(), 2000).unref();
    else request.pipe(response.writeHead(200, { 'content-type': String(request.headers['content-type']) }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const open = { allowPrivate: true };

it('tells public addresses from those of special purpose, however they are written', () => {
  for (const address of ['8.8.8.8', '2606:4700::1111', '1.1.1.1']) expect(isPublicAddress(address), address).toBe(true);
  for (const address of [
    '10.1.2.3',
    '127.0.0.1',
    '169.254.169.254',
    '172.31.0.1',
    '192.168.1.1',
    '100.64.0.1',
    '0.0.0.0',
    '255.255.255.255',
    '224.0.0.1',
    '::1',
    '::',
    'fe80::1',
    'fd00::1',
    '::ffff:127.0.0.1',
    '::ffff:8.8.8.8',
    '64:ff9b::7f00:1',
    '2002:7f00:1::',
    '2001:0:7f00:1::',
    'ff02::1',
    'localhost',
    '',
  ])
    expect(isPublicAddress(address), address).toBe(false);
});

it('refuses private addresses in every spelling, names that resolve to them, and other schemes, without connecting', async () => {
  const { port } = new URL(base);
  requests = 0;
  for (const url of [
    `https://127.0.0.1:${port}/`,
    `https://2130706433:${port}/`,
    `https://0x7f.1:${port}/`,
    `https://[::1]:${port}/`,
    `https://[::ffff:127.0.0.1]:${port}/`,
    `https://localhost:${port}/`,
    'https://169.254.169.254/latest/meta-data/',
    base,
    'file:///etc/passwd',
    'ftp://example.test/',
    'https://user:password@example.test/',
    'nonsense',
  ])
    await expect(guardedFetch(url), url).rejects.toMatchObject({ code: 'outbound.url_refused', kind: 'invalid' });
  expect(requests).toBe(0);
});

it('hands a redirect back instead of following it', async () => {
  const response = await guardedFetch(`${base}/redirect`, {}, open);
  expect([response.status, response.headers.get('location')]).toEqual([302, 'http://169.254.169.254/']);
});

it('bounds the length of an answer and the time that it may take', async () => {
  await expect(guardedFetch(`${base}/long`, {}, { ...open, longestBody: 1000 })).rejects.toMatchObject({
    code: 'outbound.request_failed',
    kind: 'unavailable',
  });
  await expect(guardedFetch(`${base}/slow`, {}, { ...open, timeoutMs: 100 })).rejects.toThrow('within 100 ms');
});

it('sends a form as fetch does', async () => {
  const response = await guardedFetch(base, { method: 'POST', body: new URLSearchParams({ a: 'b c' }) }, open);
  expect(response.headers.get('content-type')).toMatch(/^application\/x-www-form-urlencoded/);
  expect(await response.text()).toBe('a=b+c');
});

it('says that nobody answered', async () => {
  await expect(guardedFetch('http://127.0.0.1:1/', {}, open)).rejects.toMatchObject({
    code: 'outbound.request_failed',
  });
});
