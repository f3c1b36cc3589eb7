import { describe, expect, it } from 'vitest';
import { parseAccessLogLine, parseRequest, type AccessLogEntry } from './access-log.ts';

interface Parts {
  client: string;
  user: string;
  time: string;
  request: string;
  status: string;
  bytes: string;
  rest: string;
}

function lineWith(changes: Partial<Parts> = {}): string {
  const parts = {
    client: '83.149.9.216',
    user: '-',
    time: '17/May/2015:10:05:03 +0000',
    request: 'GET /a.png HTTP/1.1',
    status: '200',
    bytes: '203023',
    rest: ' "http://example.com/" "Mozilla/5.0 (X11)"',
    ...changes,
  };
  return `${parts.client} - ${parts.user} [${parts.time}] "${parts.request}" ${parts.status} ${parts.bytes}${parts.rest}`;
}

function entryOf(line: string): AccessLogEntry {
  const parsed = parseAccessLogLine(line);
  if ('fault' in parsed) throw new Error(parsed.fault);
  return parsed.entry;
}

function faultOf(line: string): string | undefined {
  const parsed = parseAccessLogLine(line);
  return 'fault' in parsed ? parsed.fault : undefined;
}

describe('a line of the combined format', () => {
  it('is parsed whole', () => {
    expect(entryOf(lineWith())).toEqual({
      client: '83.149.9.216',
      user: undefined,
      time: new Date('2015-05-17T10:05:03Z'),
      request: 'GET /a.png HTTP/1.1',
      status: 200,
      bytes: 203023n,
      referer: 'http://example.com/',
      agent: 'Mozilla/5.0 (X11)',
      isComplete: true,
    });
  });

  it.each([
    ['2001:DB8::8a2e:370:7334', '2001:db8::8a2e:370:7334'],
    ['::1', '::1'],
    ['fe80::1%eth0', 'fe80::1%eth0'],
    ['crawl-66-249.GoogleBot.com', 'crawl-66-249.googlebot.com'],
  ])('takes the client %s', (client, expected) => {
    expect(entryOf(lineWith({ client })).client).toBe(expected);
  });

  it.each(['frank', 'Frank van Dijk', 'a [b', 'DOMAIN\\frank', '"quoted"'])('takes the user name %s', (user) => {
    expect(entryOf(lineWith({ user })).user).toBe(user);
  });

  it.each([
    ['GET /search?q=\\"x\\" HTTP/1.1', 'GET /search?q=\\"x\\" HTTP/1.1'],
    ['\\x16\\x03\\x01\\x02', '\\x16\\x03\\x01\\x02'],
    ['GET /a\\\\', 'GET /a\\\\'],
    ['-', undefined],
    ['', undefined],
  ])('takes the request %s', (request, expected) => {
    expect(entryOf(lineWith({ request })).request).toBe(expected);
  });

  it('is not misled by a request that imitates the end of the line', () => {
    const entry = entryOf(lineWith({ request: 'GET /\\" 200 999999 \\"x\\" \\"y\\" HTTP/1.1', bytes: '17' }));
    expect([entry.status, entry.bytes]).toEqual([200, 17n]);
  });

  it('knows "-" for the bytes as no body, and 0 as an empty one', () => {
    expect(entryOf(lineWith({ bytes: '-' })).bytes).toBeUndefined();
    expect(entryOf(lineWith({ bytes: '0' })).bytes).toBe(0n);
  });

  it('takes an agent with escaped quotes and fields that follow', () => {
    const entry = entryOf(lineWith({ rest: ' "-" "a \\"b\\" c" "10.0.0.1" 0.003' }));
    expect([entry.referer, entry.agent]).toEqual([undefined, 'a \\"b\\" c']);
  });

  it.each([
    ' "-" "Mozilla/5.0 (compatible; +http://www.google.com/bot.html',
    ' "http://exam',
    ' "-"',
    ' "-" "',
    ' "a\\',
  ])('counts although the log cut it off after the byte count: %s', (rest) => {
    const entry = entryOf(lineWith({ rest }));
    expect([entry.bytes, entry.isComplete, entry.agent]).toEqual([203023n, false, undefined]);
  });
});

describe('the time of a line', () => {
  it.each([
    ['17/May/2015:10:05:03 +0000', '2015-05-17T10:05:03.000Z'],
    ['01/Jan/2015:00:30:00 +0200', '2014-12-31T22:30:00.000Z'],
    ['31/Dec/2015:23:30:00 -0930', '2016-01-01T09:00:00.000Z'],
    ['29/Feb/2016:12:00:00 +0545', '2016-02-29T06:15:00.000Z'],
    ['30/Jun/2015:23:59:60 +0000', '2015-07-01T00:00:00.000Z'],
  ])('%s is %s', (time, expected) => {
    expect(entryOf(lineWith({ time })).time.toISOString()).toBe(expected);
  });

  it.each([
    '31/Feb/2015:10:00:00 +0000',
    '29/Feb/2015:10:00:00 +0000',
    '00/May/2015:10:00:00 +0000',
    '17/Mai/2015:10:00:00 +0000',
    '17/May/2015:24:00:00 +0000',
    '17/May/2015:10:60:00 +0000',
    '17/May/2015:10:00:00 +1500',
    '17/May/2015:10:00:00',
    '17/May/0000:10:00:00 +0000',
    '2015-05-17T10:00:00Z',
    '',
  ])('refuses %s', (time) => {
    expect(faultOf(lineWith({ time }))).toMatch(/^has no valid time/);
  });
});

describe('a line that is no request', () => {
  it.each([
    ['', 'does not begin'],
    ['garbage', 'does not begin'],
    [lineWith({ client: '-' }), 'has no client address'],
    [lineWith({ client: '<script>' }), 'has no client address'],
    [lineWith({ status: '20' }), 'has no valid status'],
    [lineWith({ status: '700' }), 'has no valid status'],
    [lineWith({ status: 'abc' }), 'has no valid status'],
    [lineWith({ bytes: '-5' }), 'has no valid byte count'],
    [lineWith({ bytes: '1e9' }), 'has no valid byte count'],
    [lineWith({ bytes: '9'.repeat(16) }), 'has no valid byte count'],
    [lineWith({ request: 'GET /a" onload="b' }), 'has no valid status'],
    [lineWith({ rest: '' }), 'has no quoted referer'],
    [lineWith({ rest: ' -' }), 'has no quoted referer'],
    ['1.2.3.4 - - [17/May/2015:10:05:03 +0000] "GET /', 'has no quoted request'],
    ['1.2.3.4 - - [17/May/2015:10:05:03', 'does not begin'],
  ])('%s is refused', (line, fault) => {
    expect(faultOf(line)).toContain(fault);
  });

  it('costs no more time the longer it is', () => {
    const hostile = [
      `${'a '.repeat(30_000)}`,
      `1 - ${' ['.repeat(30_000)}`,
      lineWith({ request: '\\"'.repeat(30_000) }),
    ];
    const start = performance.now();
    for (const line of hostile) parseAccessLogLine(line);
    expect(performance.now() - start).toBeLessThan(1000);
  });
});

describe('parseRequest', () => {
  it('gives method and path without the query', () => {
    expect(parseRequest('GET /a/b?token=secret HTTP/1.1')).toEqual({ method: 'GET', path: '/a/b' });
    expect(parseRequest('OPTIONS *')).toEqual({ method: 'OPTIONS', path: '*' });
  });

  it('gives nothing for what is no HTTP request', () => {
    expect([undefined, '\\x16\\x03', 'hello'].map(parseRequest)).toEqual([undefined, undefined, undefined]);
  });
});
