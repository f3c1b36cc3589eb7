import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { DynamicModule } from '@nestjs/common';
import type { FastifyInstance } from 'fastify';
import { randomUUID } from 'node:crypto';
import type { Logger } from '../logging/logger.ts';
import { ProblemFilter } from './problem.filter.ts';

export interface HttpAppOptions {
  readonly modules: readonly DynamicModule[];
  readonly log: Logger;
  /** Largest body in bytes unless a route says otherwise. */
  readonly bodyLimit?: number;
  /** Runs before the routes are registered: hooks and plugins of the process. */
  readonly configure?: (app: FastifyInstance) => Promise<void>;
  readonly requestTimeoutMs?: number;
  /** Addresses of proxies whose X-Forwarded-For is believed. */
  readonly trustedProxies?: readonly string[];
}

declare module 'fastify' {
  interface FastifyRequest {
    /** A JSON body as it was sent; undefined without one. */
    rawBody?: string | undefined;
  }
}

class RootModule {}

const requestIdPattern = /^[A-Za-z0-9._-]{8,128}$/;

/** The HTTP side of a process: Nest on Fastify, problems for errors, request ids, merge patch bodies. */
export async function createHttpApp(options: HttpAppOptions): Promise<NestFastifyApplication> {
  const adapter = new FastifyAdapter({
    bodyLimit: options.bodyLimit ?? 1024 * 1024,
    // The client's own id is taken over when it is harmless, so that logs of both sides meet.
    genReqId: (request: { headers: Record<string, unknown> }) => {
      const given = request.headers['x-request-id'];
      return typeof given === 'string' && requestIdPattern.test(given) ? given : randomUUID();
    },
    requestTimeout: options.requestTimeoutMs ?? 60_000,
    connectionTimeout: 65_000,
    keepAliveTimeout: 72_000,
    forceCloseConnections: 'idle',
    ...(options.trustedProxies === undefined || options.trustedProxies.length === 0
      ? {}
      : { trustProxy: [...options.trustedProxies] }),
    return503OnClosing: true,
  });
  const app = await NestFactory.create<NestFastifyApplication>(
    { module: RootModule, imports: [...options.modules] },
    adapter,
    { logger: ['error', 'warn'], bodyParser: false, abortOnError: false },
  );
  const fastify = app.getHttpAdapter().getInstance() as unknown as FastifyInstance;
  addJsonParser(fastify);
  await options.configure?.(fastify);
  app.useGlobalFilters(new ProblemFilter(options.log));
  await app.init();
  return app;
}

function addJsonParser(fastify: FastifyInstance): void {
  const parse = fastify.getDefaultJsonParser('error', 'error');
  fastify.addContentTypeParser(
    [
      'application/json',
      'application/merge-patch+json',
      'application/cloudevents+json',
      'application/cloudevents-batch+json',
    ],
    { parseAs: 'string' },
    (request, body, done) => {
      // A POST without a body is fine where the operation takes none.
      if (body === '') return done(null, undefined);
      request.rawBody = body as string;
      return parse(request, body as string, done);
    },
  );
}
