import { createHash } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createLogger } from '@plinth/common';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { BreachCheckService } from './breach-check.service.ts';

const digest = createHash('sha1').update('breached password').digest('hex').toUpperCase();
let server: Server;
let asked: { url: string; padding: unknown }[];
let answer: { status: number; body: string };
const service = () =>
  new BreachCheckService(
    `http://127.0.0.1:${(server.address() as AddressInfo).port}/range/`,
    createLogger({ level: 'silent' }),
  );

beforeEach(async () => {
  asked = [];
  answer = { status: 200, body: '' };
  server = createServer((request, response) => {
    asked.push({ url: request.url!, padding: request.headers['add-padding'] });
    response.writeHead(answer.status).end(answer.body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterEach(() => new Promise((resolve) => (server.closeAllConnections(), server.close(resolve))));

it('tells the range API five digits of the hash and finds the rest in its answer', async () => {
  answer.body = `0000000000000000000000000000000000A:3\r\n${digest.slice(5)}:42\r\n`;
  expect(await service().isBreached('breached password')).toBe(true);
  expect(asked).toEqual([{ url: `/range/${digest.slice(0, 5)}`, padding: 'true' }]);
  answer.body = '0000000000000000000000000000000000A:3';
  expect(await service().isBreached('breached password')).toBe(false);
});

it('takes padding for what it is', async () => {
  answer.body = `${digest.slice(5)}:0`;
  expect(await service().isBreached('breached password')).toBe(false);
});

it('lets a password pass when the range API fails or is away', async () => {
  answer = { status: 503, body: '' };
  expect(await service().isBreached('breached password')).toBe(false);
  expect(await new BreachCheckService('http://127.0.0.1:1/', createLogger({ level: 'silent' })).isBreached('x')).toBe(
    false,
  );
});
