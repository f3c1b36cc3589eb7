import type { Metrics } from '@plinth/common';
import type { FastifyInstance } from 'fastify';
import { checkReadiness, type HealthOptions } from './health.ts';

/** /health/live, /health/ready and /metrics. */
export function addHealthRoutes(app: FastifyInstance, options: HealthOptions & { readonly metrics: Metrics }): void {
  app.get('/health/live', async () => ({ status: 'live' }));
  app.get('/health/ready', async (_request, reply) => {
    const readiness = await checkReadiness(options);
    if (readiness.status === 'unavailable') reply.status(503).header('retry-after', '2');
    return readiness;
  });
  app.get('/metrics', async (request, reply) => {
    const { contentType, text } = await options.metrics.render(request.headers.accept);
    reply.header('content-type', contentType).header('vary', 'Accept');
    return text;
  });
}
