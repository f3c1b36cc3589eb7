import type { ServiceManifest } from '@plinth/contracts';
import {
  createHttpApp,
  createOriginCheck,
  listOperations,
  renderOpenApi,
  sendProblem,
  type Logger,
  type Tracing,
} from '@plinth/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { addContractRoutes } from '../gateway/contract-routes.ts';
import { addEdge } from '../gateway/edge.ts';
import { addForwardAuth } from '../gateway/forward-auth.ts';
import { addProxy } from '../gateway/proxy.ts';
import type { RateCounter } from '../gateway/rate-counter.ts';
import { RouteTable } from '../gateway/route-table.ts';
import type { SharedStore } from '../gateway/shared-store.ts';
import { addUsageEmission } from '../gateway/usage-emission.ts';
import { signInRoutes } from '../gateway/sign-in/sign-in-routes.ts';
import { addHealthRoutes } from '../health/health-routes.ts';
import { combineApiDocuments, type ApiDocument } from '../pages/api-document.ts';
import { addPageRoutes } from '../pages/page-routes.ts';
import type { Configuration } from './configuration.ts';
import { createAdmission } from './create-admission.ts';
import type { GatewayUsage } from './open-usage.ts';
import type { Backend } from './run-services.ts';

export interface HttpOptions {
  readonly backend: Backend;
  readonly configuration: Configuration;
  /** Whether this process is the gateway: it counts requests, serves pages and passes on what runs elsewhere. */
  readonly gateway: boolean;
  /** Manifests of the services that run elsewhere. */
  readonly remoteManifests: readonly ServiceManifest[];
  readonly limiter: RateCounter;
  /** Of a gateway with routes that are sold. */
  readonly usage?: GatewayUsage | undefined;
  /** What several gateways share; undefined for one that is alone. */
  readonly sharedStore?: SharedStore | undefined;
  readonly publicUrl: string;
  readonly version: string;
  readonly log: Logger;
  readonly tracing: Tracing | undefined;
  readonly isDraining: () => boolean;
}

const BODY_LIMIT = 1024 * 1024;

/** Builds the HTTP side of a process: edge, health, pages, contract routes, services and proxy. */
export async function createHttp(options: HttpOptions): Promise<NestFastifyApplication> {
  const { backend, configuration, log, publicUrl } = options;
  const localManifests = backend.services.map(({ definition }) => definition.manifest);
  const manifests = [...localManifests, ...(options.gateway ? options.remoteManifests : [])];
  const rateLimitFactor = configuration.environment.getInteger('PLINTH_RATE_LIMIT_FACTOR');
  const routes = new RouteTable(manifests, rateLimitFactor);
  const local = new Set(localManifests.map((manifest) => manifest.name));
  const isAllowedOrigin = createOriginCheck(configuration.environment.getList('PLINTH_CORS_ORIGINS'));
  const now = Date.now;

  return createHttpApp({
    modules: backend.services.map(({ instance }) => instance.module),
    log,
    bodyLimit: BODY_LIMIT,
    trustedProxies: configuration.environment.getList('PLINTH_TRUSTED_PROXIES'),
    configure: async (app) => {
      app.addHook('onRoute', (route) => {
        const limit = routes.find(route.url)?.bodyLimit;
        if (limit !== undefined) route.bodyLimit = limit;
        // Routes take the error handler that is there when plugins are ready, which may be before Nest sets its own.
        route.errorHandler ??= (error, request, reply) => sendProblem(error, request, reply, log);
      });
      const { admission, signIn } = createAdmission(app, options, isAllowedOrigin);
      addEdge(app, {
        routes,
        admission,
        signIn,
        counts: options.gateway,
        isAllowedOrigin,
        https: publicUrl.startsWith('https:'),
        metrics: backend.metrics,
        tracing: options.tracing,
      });
      if (options.usage !== undefined) addUsageEmission(app, { routes, emitter: options.usage.emitter });
      const remoteServices = manifests.map((manifest) => manifest.name).filter((name) => !local.has(name));
      addHealthRoutes(app, {
        pool: backend.pool,
        relays: backend.relays,
        contracts: backend.contracts,
        remoteServices,
        isDraining: options.isDraining,
        metrics: backend.metrics,
      });
      addContractRoutes(app, backend.contracts, configuration.internalSecret);
      const ownDocument = createOpenApi(options);
      if (signIn === undefined) app.get('/openapi.json', async () => ownDocument());
      else {
        addForwardAuth(app, {
          routes,
          admission,
          signIn,
          rateLimitFactor,
          internalSecret: configuration.internalSecret,
          log,
          now,
        });
        await app.register(signInRoutes, { signIn, limiter: options.limiter, log, now });
        await addPageRoutes(app, {
          manifests,
          localServices: local,
          contracts: backend.contracts,
          publicUrl,
          version: options.version,
          openApi: combineApiDocuments({
            own: ownDocument,
            processUrls: distinct(remoteServices.map((name) => backend.contracts.urlOf(name))),
            log,
            now,
          }),
        });
        await addProxy(app, {
          routes: routes.routes.filter((route) => !local.has(route.service)),
          urlOf: (service) => backend.contracts.urlOf(service),
          internalSecret: configuration.internalSecret,
          log,
        });
      }
      for (const { instance } of backend.services) if (instance.plugin !== undefined) await instance.plugin(app);
    },
  });
}

/** The OpenAPI document of the services in this process, made at the first request for it. */
function createOpenApi({ backend, publicUrl, version }: HttpOptions): () => ApiDocument {
  let document: ApiDocument | undefined;
  return () =>
    (document ??= renderOpenApi(
      backend.services.map(({ definition, instance }) => ({
        manifest: definition.manifest,
        operations: instance.controllers.flatMap((controller) => listOperations(controller)),
      })),
      publicUrl,
      version,
    ) as ApiDocument);
}

function distinct(urls: readonly (string | undefined)[]): string[] {
  return [...new Set(urls.filter((url) => url !== undefined))];
}
