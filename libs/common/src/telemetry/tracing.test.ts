import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { continueTrace } from './trace-context.ts';
import { startTracing } from './tracing.ts';

interface OtlpBody {
  readonly resourceSpans: readonly {
    readonly scopeSpans: readonly { readonly spans: readonly Record<string, unknown>[] }[];
  }[];
}

let close: (() => void) | undefined;
afterEach(() => close?.());

/** A collector, and the spans that arrive there. */
async function startCollector() {
  const bodies: OtlpBody[] = [];
  const collector = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      if (request.url === '/v1/traces') bodies.push(JSON.parse(Buffer.concat(chunks).toString('utf8')) as OtlpBody);
      response.end('{}');
    });
  });
  await new Promise<void>((resolve) => collector.listen(0, '127.0.0.1', resolve));
  close = () => collector.close();
  return {
    options: {
      endpoint: `http://127.0.0.1:${(collector.address() as AddressInfo).port}`,
      serviceName: 'plinth',
      version: '0',
    },
    spans: () =>
      bodies.flatMap((body) =>
        body.resourceSpans.flatMap((resource) => resource.scopeSpans.flatMap((scope) => scope.spans)),
      ),
  };
}

const traceId = '0af7651916cd43dd8448eb211c80319c';

test('sends the spans of requests to a collector, as parts of the callers trace', async () => {
  const { options, spans } = await startCollector();
  const tracing = await startTracing({ ...options, samplePercent: 100 });
  const span = tracing.startRequest('GET', `00-${traceId}-b7ad6b7169203331-01`);
  expect(span.traceparent).toMatch(new RegExp(`^00-${traceId}-[0-9a-f]{16}-01$`));
  expect(span.end('GET /api/v1/plans', 200)).toBe(traceId);
  await tracing.stop();
  expect(spans()).toMatchObject([{ name: 'GET /api/v1/plans', traceId, parentSpanId: 'b7ad6b7169203331' }]);
});

test('keeps a share of the traces, those that callers keep, and every error', async () => {
  const { options, spans } = await startCollector();
  const tracing = await startTracing({ ...options, samplePercent: 10 });
  let shown = 0;
  for (let request = 0; request < 2000; request += 1) {
    const span = tracing.startRequest('GET', undefined);
    const kept = span.end('GET /of-its-own', 200);
    if (kept !== undefined) shown += 1;
    expect(span.traceparent.endsWith('-01')).toBe(kept !== undefined);
  }
  const asked = (flags: string) => tracing.startRequest('GET', `00-${traceId}-b7ad6b7169203331-${flags}`);
  expect(asked('01').end('GET /kept-by-caller', 200)).toBe(traceId);
  expect(asked('00').end('GET /dropped-by-caller', 404)).toBeUndefined();
  expect(asked('00').end('GET /failed', 503)).toBe(traceId);
  await tracing.stop();
  const names = spans().map(({ name }) => name);
  expect(names.filter((name) => name !== 'GET /of-its-own')).toEqual(['GET /kept-by-caller', 'GET /failed']);
  expect(names.filter((name) => name === 'GET /of-its-own')).toHaveLength(shown);
  // Ten standard deviations of a binomial distribution away, a correct sampler is never seen.
  expect(shown).toBeGreaterThan(200 - 135);
  expect(shown).toBeLessThan(200 + 135);
});

test.each([undefined, 'nonsense', '00-00000000000000000000000000000000-b7ad6b7169203331-01'])(
  'starts a trace of its own for %s',
  (header) => {
    expect(continueTrace(header)).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/);
  },
);
