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

test('sends the spans of requests to a collector, as parts of the callers trace', async () => {
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
  const tracing = await startTracing({
    endpoint: `http://127.0.0.1:${(collector.address() as AddressInfo).port}`,
    serviceName: 'plinth',
    version: '0',
  });
  const traceId = '0af7651916cd43dd8448eb211c80319c';
  const span = tracing.startRequest('GET', `00-${traceId}-b7ad6b7169203331-01`);
  expect(span.traceparent).toMatch(new RegExp(`^00-${traceId}-[0-9a-f]{16}-01$`));
  span.end('GET /api/v1/plans', 200);
  await tracing.stop();
  const spans = bodies.flatMap((body) =>
    body.resourceSpans.flatMap((resource) => resource.scopeSpans.flatMap((scope) => scope.spans)),
  );
  expect(spans).toMatchObject([{ name: 'GET /api/v1/plans', traceId, parentSpanId: 'b7ad6b7169203331' }]);
});

test.each([undefined, 'nonsense', '00-00000000000000000000000000000000-b7ad6b7169203331-01'])(
  'starts a trace of its own for %s',
  (header) => {
    expect(continueTrace(header)).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/);
  },
);
