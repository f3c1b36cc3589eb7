import { createHash } from 'node:crypto';
import { Inject, Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { firstValueFrom, from, type Observable } from 'rxjs';
import { Semaphore } from '../concurrency/semaphore.ts';
import { Database } from '../database/database.ts';
import type { Transaction } from '../database/transaction.ts';
import { IdempotencyConflictError, IdempotencyRunningError, InvalidInputError } from '../errors/common.errors.ts';
import { OPERATION_METADATA, type OperationDefinition } from './operation.ts';

// Such a request holds a connection for the stored answer and may take a second one for its own work.
const slots = new Semaphore(4);

interface StoredAnswer {
  readonly operation: string;
  readonly request_hash: string;
  readonly status: number;
  readonly response: unknown;
}

/**
 * Idempotency-Key (draft-ietf-httpapi-idempotency-key-header): the answer is stored in the same transaction as
 * what the request changed, so a retry after any crash gets it or runs for the first time. Without the header
 * the request runs as it is.
 */
@Injectable()
export class IdempotencyInterceptor implements NestInterceptor {
  readonly #database: Database;
  constructor(@Inject(Database) database: Database) {
    this.#database = database;
  }

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const key = request.headers['idempotency-key'];
    if (key === undefined) return next.handle();
    const operation = Reflect.getMetadata(OPERATION_METADATA, context.getHandler()) as OperationDefinition;
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    return from(slots.run(() => this.#run(String(key), operation, request, reply, next)));
  }

  async #run(
    key: string,
    operation: OperationDefinition,
    request: FastifyRequest,
    reply: FastifyReply,
    next: CallHandler,
  ): Promise<unknown> {
    if (!/^[\x21-\x7e]{1,255}$/.test(key)) {
      throw new InvalidInputError([
        { path: '/headers/idempotency-key', message: 'must be 1 to 255 visible ASCII characters' },
      ]);
    }
    const principal = request.principal;
    const tenantId = principal?.tenant;
    const scope = `${tenantId ?? '-'}:${principal?.kind ?? 'anonymous'}:${principal?.subject ?? '-'}`;
    const hash = hashRequest(request);
    return this.#database.transaction(tenantId, async (transaction) => {
      await this.#claim(transaction, scope, key);
      const stored = await transaction.findRow<StoredAnswer>(
        `SELECT operation, request_hash, status, response FROM ${this.#database.schema}.idempotency_keys WHERE scope = $1 AND key = $2`,
        [scope, key],
      );
      if (stored !== undefined) {
        if (stored.operation !== operation.id || stored.request_hash !== hash) throw new IdempotencyConflictError();
        reply.status(stored.status).header('idempotency-replayed', 'true');
        return stored.response ?? undefined;
      }
      const response: unknown = await firstValueFrom(next.handle(), { defaultValue: undefined });
      await transaction.enterTenant(tenantId);
      await transaction.execute(
        `INSERT INTO ${this.#database.schema}.idempotency_keys (scope, key, operation, request_hash, status, response)
         VALUES ($1, $2, $3, $4, $5, $6)`,
        [
          scope,
          key,
          operation.id,
          hash,
          operation.status ?? 200,
          response === undefined ? null : JSON.stringify(response),
        ],
      );
      return response;
    });
  }

  /** One request with this key at a time: a second one that meets the first is told so at once. */
  async #claim(transaction: Transaction, scope: string, key: string): Promise<void> {
    const claim = await transaction.findRow<{ claimed: boolean }>(
      `SELECT set_config('plinth.idempotency_scope', $1, true), pg_try_advisory_xact_lock(hashtextextended($1 || $2, 7)) AS claimed`,
      [scope, key],
    );
    if (claim?.claimed !== true) throw new IdempotencyRunningError();
  }
}

function hashRequest(request: FastifyRequest): string {
  return createHash('sha256')
    .update(`${request.method} ${request.url}\n${JSON.stringify(request.body ?? null)}`)
    .digest('hex');
}
