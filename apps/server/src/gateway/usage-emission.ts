import type { UsageEmitter } from '@plinth/common';
import type { FastifyInstance, FastifyReply, FastifyRequest, onSendHookHandler } from 'fastify';
import type { RouteTable } from './route-table.ts';
import type { TakenUsage } from './usage-quotas.ts';

export interface UsageEmissionOptions {
  readonly routes: RouteTable;
  readonly emitter: Pick<UsageEmitter, 'emit'>;
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Set by admission for a request that is sold to somebody, until its usage is emitted. */
    takenUsage: TakenUsage | undefined;
  }
}

/**
 * Emits the usage of requests to routes that are sold, before their answer is sent: what was answered below 500 counts,
 * and counts once whatever crashes. Operations of services that sell nothing get no hook.
 */
export function addUsageEmission(app: FastifyInstance, { routes, emitter }: UsageEmissionOptions): void {
  const sold = new Set(routes.routes.flatMap(({ usage, service }) => (usage === undefined ? [] : [service])));
  const emitUsage: onSendHookHandler<unknown> = (request, reply, payload, done) => {
    const taken = request.takenUsage;
    if (taken === undefined) return done(null, payload);
    // An answer that says that emission failed comes here too.
    request.takenUsage = undefined;
    if (reply.statusCode >= 500) {
      taken.giveBack();
      return done(null, payload);
    }
    if (taken.usage.emittedBy === 'service') return done(null, payload);
    emit(emitter, taken, request, reply).then(
      () => done(null, payload),
      (error: Error) => {
        taken.giveBack();
        done(error);
      },
    );
  };
  app.decorateRequest('takenUsage', undefined);
  app.addHook('onRoute', (route) => {
    const service = routes.find(route.url)?.service;
    if (service === undefined || !sold.has(service)) return;
    route.onSend = [...[route.onSend ?? []].flat(), emitUsage];
  });
}

function emit(
  emitter: UsageEmissionOptions['emitter'],
  { payer, usage }: TakenUsage,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<void> {
  return emitter.emit({
    tenantId: payer.tenantId,
    account: payer.accountId,
    unit: usage.unit,
    quantity: usage.quantity ?? '1',
    metadata: {
      servedBy: request.gatewayService,
      endpoint: `${request.method} ${request.routeOptions.url ?? ''}`,
      status: reply.statusCode,
      requestId: request.id,
    },
  });
}
