import type { Logger } from '@plinth/common';
import type { FastifyInstance, FastifyReply, HTTPMethods } from 'fastify';
import { assertDirectory } from './directory-caller.ts';
import { renderResourceTypes, renderSchemas, renderServiceProviderConfig } from './discovery.ts';
import { addResourceRoutes, type ResourceEndpoint } from './resource-routes.ts';
import { searchAll } from './root-search.ts';
import { scimMediaType, sendScimError, sendStatus } from './scim-error.ts';

export interface ScimPluginOptions {
  /** URL below which the protocol is served. */
  readonly base: string;
  readonly log: Logger;
  readonly endpoints: readonly ResourceEndpoint[];
}

const prefix = '/api/v1/scim/v2';
const changes: HTTPMethods[] = ['POST', 'PUT', 'PATCH', 'DELETE'];

/**
 * Serves SCIM 2.0 (RFC 7644). A plugin and not operations, because bodies, errors and media types are the protocol's
 * own. Register it without fastify-plugin: its parser and its hooks are for these routes alone.
 */
export async function scimPlugin(app: FastifyInstance, { base, log, endpoints }: ScimPluginOptions): Promise<void> {
  const parse = app.getDefaultJsonParser('error', 'error');
  app.addContentTypeParser('application/scim+json', { parseAs: 'string' }, (request, body, done) => {
    if (body === '') done(null, undefined);
    else parse(request, body as string, done);
  });
  // On each route, because the process gives one of its own to every route that it sees.
  app.addHook('onRoute', (route) => {
    route.errorHandler = (error, request, reply) => void sendScimError(error, request, reply, log);
  });
  app.addHook('onRequest', async (request) => void assertDirectory(request));

  addDiscovery(app, '/ServiceProviderConfig', () => renderServiceProviderConfig(base));
  addDiscoveryList(app, '/ResourceTypes', () => renderResourceTypes(base));
  addDiscoveryList(app, '/Schemas', () => renderSchemas(base));
  for (const endpoint of endpoints) addResourceRoutes(app, prefix, endpoint);
  app.post(`${prefix}/.search`, async (request, reply) => send(reply, await searchAll(endpoints, request)));
  for (const path of ['/Bulk', '/Me'])
    app.all(prefix + path, (_request, reply) => sendStatus(reply, 501, `${path} is not supported.`));
  app.all(`${prefix}/*`, (request, reply) =>
    sendStatus(reply, 404, `There is nothing at ${request.url.split('?')[0]}.`),
  );
}

function addDiscovery(app: FastifyInstance, path: string, render: () => object): void {
  app.get(prefix + path, (_request, reply) => send(reply, render()));
  refuseChanges(app, path);
}

function addDiscoveryList(app: FastifyInstance, path: string, render: () => Record<string, unknown>[]): void {
  app.get<{ Querystring: Record<string, unknown> }>(prefix + path, (request, reply) => {
    // Everybody gets the same documents; a filter would only hide some (RFC 7644, section 4).
    if (request.query['filter'] !== undefined) return sendStatus(reply, 403, `${path} cannot be filtered.`);
    const resources = render();
    return send(reply, {
      schemas: ['urn:ietf:params:scim:api:messages:2.0:ListResponse'],
      totalResults: resources.length,
      itemsPerPage: resources.length,
      startIndex: 1,
      Resources: resources,
    });
  });
  app.get<{ Params: { id: string } }>(`${prefix}${path}/:id`, (request, reply) => {
    const { id } = request.params;
    const found = render().find((resource) => String(resource['id']).toLowerCase() === id.toLowerCase());
    return found === undefined ? sendStatus(reply, 404, `There is no ${path.slice(1, -1)} ${id}.`) : send(reply, found);
  });
  refuseChanges(app, path);
}

function refuseChanges(app: FastifyInstance, path: string): void {
  app.route({
    method: changes,
    url: prefix + path,
    handler: (_request, reply) => sendStatus(reply.header('allow', 'GET'), 405, `${path} can only be read.`),
  });
}

function send(reply: FastifyReply, body: object): FastifyReply {
  return reply.type(scimMediaType).send(JSON.stringify(body));
}
