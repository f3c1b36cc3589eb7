import { Delete, Get, HttpCode, Patch, Post, Put, Req, Res, StreamableFile, UseInterceptors } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { checkCaller } from '../auth/permission.guard.ts';
import { IdempotencyInterceptor } from './idempotency.interceptor.ts';
import {
  OPERATION_METADATA,
  type Browser,
  type HttpMethod,
  type OperationDefinition,
  type OperationInput,
  type OperationOutput,
} from './operation.ts';
import { parseOperationInput } from './parse-operation-input.ts';

const routing = { GET: Get, POST: Post, PUT: Put, PATCH: Patch, DELETE: Delete } satisfies Record<HttpMethod, unknown>;
const operationsOfController = new WeakMap<object, OperationDefinition[]>();

type Handler<Definition extends OperationDefinition> = (
  input: OperationInput<Definition>,
) => Promise<OperationOutput<Definition>>;

/**
 * Routes an operation to a controller method. The method receives checked input only: permission, tenant,
 * parameters, query, body and If-Match have been dealt with, all input faults at once.
 */
export function Handles<Definition extends OperationDefinition>(definition: Definition) {
  return (target: object, name: string, descriptor: TypedPropertyDescriptor<Handler<Definition>>): void => {
    const handler = descriptor.value as Handler<Definition>;
    const wrapped = async function (this: object, request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
      const principal = checkCaller(definition, request.principal);
      const input = parseOperationInput(definition, request, principal);
      const result = await handler.call(
        this,
        definition.browser ? { ...input, browser: browserOf(request, reply) as typeof input.browser } : input,
      );
      if (definition.etag !== undefined) setEtag(reply, result);
      const answer = definition.status === 204 ? undefined : result;
      // The interceptor keeps the answer of an idempotent operation; any other one goes straight to Fastify.
      if (definition.idempotent) return answer;
      if (answer instanceof StreamableFile) sendFile(reply, answer);
      else reply.send(answer);
      return undefined;
    };
    Object.defineProperty(wrapped, 'name', { value: name });
    descriptor.value = wrapped as unknown as Handler<Definition>;
    Req()(target, name, 0);
    Res({ passthrough: definition.idempotent === true })(target, name, 1);
    routing[definition.method](definition.path)(target, name, descriptor);
    HttpCode(definition.status ?? 200)(target, name, descriptor);
    if (definition.idempotent) {
      Reflect.defineMetadata(OPERATION_METADATA, definition, wrapped);
      UseInterceptors(IdempotencyInterceptor)(target, name, descriptor);
    }
    const controller = target.constructor;
    operationsOfController.set(controller, [...(operationsOfController.get(controller) ?? []), definition]);
  };
}

/** The operations of a controller class, in source order. */
export function listOperations(controller: object): readonly OperationDefinition[] {
  return operationsOfController.get(controller) ?? [];
}

function browserOf(request: FastifyRequest, reply: FastifyReply): Browser {
  return {
    ip: request.ip,
    userAgent: request.headers['user-agent']?.slice(0, 500),
    cookies: request.headers.cookie,
    setCookie: (header) => void reply.header('set-cookie', header),
  };
}

function sendFile(reply: FastifyReply, file: StreamableFile): void {
  const { type, disposition, length } = file.getHeaders();
  reply.type(type);
  if (disposition !== undefined) reply.header('content-disposition', disposition);
  if (length !== undefined) reply.header('content-length', length);
  reply.send(file.getStream());
}

function setEtag(reply: FastifyReply, result: unknown): void {
  const version = (result as { version?: unknown } | null)?.version;
  if (typeof version === 'number') reply.header('etag', `"${version}"`);
}
