import { assertDirectory } from './directory-caller.ts';
import { parseListQuery, parseProjection } from './list-query.ts';
import { project } from './projection.ts';
import { isObject } from './resource-document.ts';
import type { ResourceEndpoint } from './resource-routes.ts';
import { UnknownAttributeError } from './scim.errors.ts';
import type { FastifyRequest } from 'fastify';

/**
 * Searches all kinds of resources (RFC 7644, section 3.4.3): one kind after the other, each in its order. A kind that
 * lacks an attribute of the filter has no result; when every one lacks it, the filter is wrong.
 */
export async function searchAll(
  endpoints: readonly ResourceEndpoint[],
  request: FastifyRequest,
): Promise<Record<string, unknown>> {
  const { tenant } = assertDirectory(request);
  const parameters = isObject(request.body) ? request.body : {};
  const query = parseListQuery(parameters);
  const projection = parseProjection(parameters);
  const found: Record<string, unknown>[] = [];
  const refusals: UnknownAttributeError[] = [];
  let total = 0;
  for (const endpoint of endpoints) {
    const startIndex = Math.max(1, query.startIndex - total);
    const part = { ...query, startIndex, count: query.count - found.length };
    const answer = await endpoint.list(tenant, part, projection).catch((error: unknown) => {
      if (!(error instanceof UnknownAttributeError)) throw error;
      refusals.push(error);
      return { total: 0, resources: [] };
    });
    total += answer.total;
    found.push(...answer.resources.map((resource) => project(endpoint.kind, resource, projection)));
  }
  if (refusals.length === endpoints.length) throw refusals[0]!;
  return {
    schemas: ['urn:ietf:params:scim:api:messages:2.0:ListResponse'],
    totalResults: total,
    startIndex: query.startIndex,
    itemsPerPage: found.length,
    Resources: found,
  };
}
