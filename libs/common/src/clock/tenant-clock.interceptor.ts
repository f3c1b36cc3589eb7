import type { CallHandler, ExecutionContext, NestInterceptor, Provider, Type } from '@nestjs/common';
import { APP_INTERCEPTOR } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { from, mergeMap, type Observable } from 'rxjs';
import type { TenantClock } from './tenant-clock.ts';

/** Loads the caller's time before an operation of the given controllers runs. */
class TenantClockInterceptor implements NestInterceptor {
  readonly #clock: TenantClock;
  readonly #controllers: ReadonlySet<Type>;
  constructor(clock: TenantClock, controllers: readonly Type[]) {
    this.#clock = clock;
    this.#controllers = new Set(controllers);
  }

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const tenantId = context.switchToHttp().getRequest<FastifyRequest>().principal?.tenant;
    if (tenantId === undefined || !this.#controllers.has(context.getClass())) return next.handle();
    return from(this.#clock.load(tenantId)).pipe(mergeMap(() => next.handle()));
  }
}

/** What a service's module provides so that its operations run in their tenant's time. */
export function provideTenantClock(clock: TenantClock, controllers: readonly Type[]): Provider {
  return { provide: APP_INTERCEPTOR, useValue: new TenantClockInterceptor(clock, controllers) };
}
