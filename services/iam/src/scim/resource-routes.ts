import type { Principal } from '@plinth/contracts';
import { NotFoundError } from '@plinth/common';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { assertDirectory } from './directory-caller.ts';
import { parseListQuery, parseProjection, type ListQuery } from './list-query.ts';
import { parsePatch, type PatchOperation } from './patch.ts';
import { project, type Projection } from './projection.ts';
import { isObject } from './resource-document.ts';
import type { Resource } from './resource-response.ts';
import type { ResourceKind } from './schema.ts';
import { scimMediaType } from './scim-error.ts';
import type { Condition } from './scim-user.service.ts';

/** One kind of resource, in the words of the protocol. */
export interface ResourceEndpoint {
  readonly kind: ResourceKind;
  list(tenantId: string, query: ListQuery, projection: Projection): Promise<{ total: number; resources: Resource[] }>;
  get(tenantId: string, id: string): Promise<Resource>;
  create(caller: Principal, input: unknown): Promise<Resource>;
  replace(caller: Principal, id: string, input: unknown, condition: Condition): Promise<Resource>;
  patch(caller: Principal, id: string, operations: readonly PatchOperation[], condition: Condition): Promise<Resource>;
  remove(tenantId: string, id: string, condition: Condition): Promise<void>;
}

type Query = { Querystring: Record<string, unknown> };
type One = Query & { Params: { id: string } };

/** Routes of one kind of resource below `/Users` or `/Groups` (RFC 7644, section 3.2). */
export function addResourceRoutes(app: FastifyInstance, prefix: string, endpoint: ResourceEndpoint): void {
  const { kind } = endpoint;
  const url = prefix + kind.endpoint;
  const sendOne = (reply: FastifyReply, resource: Resource, projection: Projection, status = 200): FastifyReply => {
    if (resource.meta.version !== undefined) reply.header('etag', resource.meta.version);
    if (status === 201) reply.header('location', resource.meta.location);
    return reply
      .status(status)
      .type(scimMediaType)
      .send(JSON.stringify(project(kind, resource, projection)));
  };
  const sendList = async (reply: FastifyReply, tenantId: string, parameters: Record<string, unknown>) => {
    const query = parseListQuery(parameters);
    const projection = parseProjection(parameters);
    const { total, resources } = await endpoint.list(tenantId, query, projection);
    const body = {
      schemas: ['urn:ietf:params:scim:api:messages:2.0:ListResponse'],
      totalResults: total,
      startIndex: query.startIndex,
      itemsPerPage: resources.length,
      Resources: resources.map((resource) => project(kind, resource, projection)),
    };
    return reply.type(scimMediaType).send(JSON.stringify(body));
  };

  app.get<Query>(url, (request, reply) => sendList(reply, tenantOf(request), request.query));
  app.post<Query>(`${url}/.search`, (request, reply) =>
    sendList(reply, tenantOf(request), isObject(request.body) ? request.body : {}),
  );
  app.post<Query>(url, async (request, reply) => {
    const projection = parseProjection(request.query);
    return sendOne(reply, await endpoint.create(assertDirectory(request), request.body), projection, 201);
  });
  app.get<One>(`${url}/:id`, async (request, reply) => {
    const projection = parseProjection(request.query);
    const resource = await endpoint.get(tenantOf(request), idOf(kind, request.params.id));
    const known = request.headers['if-none-match'];
    if (known !== undefined && resource.meta.version !== undefined && namesVersion(known, resource.meta.version))
      return reply.header('etag', resource.meta.version).status(304).send();
    return sendOne(reply, resource, projection);
  });
  app.put<One>(`${url}/:id`, async (request, reply) => {
    const projection = parseProjection(request.query);
    const id = idOf(kind, request.params.id);
    return sendOne(
      reply,
      await endpoint.replace(assertDirectory(request), id, request.body, conditionOf(request)),
      projection,
    );
  });
  app.patch<One>(`${url}/:id`, async (request, reply) => {
    const projection = parseProjection(request.query);
    const id = idOf(kind, request.params.id);
    const operations = parsePatch(request.body);
    return sendOne(
      reply,
      await endpoint.patch(assertDirectory(request), id, operations, conditionOf(request)),
      projection,
    );
  });
  app.delete<One>(`${url}/:id`, async (request, reply) => {
    await endpoint.remove(tenantOf(request), idOf(kind, request.params.id), conditionOf(request));
    return reply.status(204).send();
  });
}

function tenantOf(request: FastifyRequest): string {
  return assertDirectory(request).tenant;
}

function idOf(kind: ResourceKind, id: string): string {
  const parsed = z.uuid().safeParse(id);
  if (!parsed.success) throw new NotFoundError(kind.name.toLowerCase(), id);
  return parsed.data;
}

/** The version that If-Match asks for; without it every one fits. */
function conditionOf(request: FastifyRequest): Condition {
  const header = request.headers['if-match'];
  return (version) => header === undefined || namesVersion(header, `W/"${version}"`);
}

function namesVersion(header: string, version: string): boolean {
  const plain = version.replace(/^W\//, '');
  return header.split(',').some((one) => ['*', plain].includes(one.trim().replace(/^W\//, '')));
}
