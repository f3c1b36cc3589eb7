import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { idSchema } from '@plinth/contracts';
import { InvalidInputError, sendProblem, type Logger } from '@plinth/common';
import type { AuthenticationService } from './authentication.service.ts';
import { discoveryDocument } from './discovery-document.ts';
import { clientAddressHeader } from './identity-provider.ts';

export interface AuthenticationPluginOptions {
  readonly authentication: AuthenticationService;
  readonly basePath: string;
  /** Name of the cookie that carries the session. */
  readonly sessionCookie: string;
  readonly log: Logger;
}

const bodyLimit = 64 * 1024;

/**
 * Mounts the identity provider. Register it without fastify-plugin: its raw-body parser, which takes every content
 * type, must not reach the routes beside it.
 */
export async function authenticationPlugin(app: FastifyInstance, options: AuthenticationPluginOptions): Promise<void> {
  const { authentication, basePath, sessionCookie, log } = options;
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit }, (_request, body, done) => done(null, body));
  app.setErrorHandler((error, request, reply) => sendProblem(error, request, reply, log));

  app.get(`${basePath}/.well-known/openid-configuration`, (_request, reply) =>
    reply.header('cache-control', 'public, max-age=300').send(discoveryDocument(authentication.issuer)),
  );
  app.all(`${basePath}/*`, async (request, reply) => {
    const response = await authentication.handle(
      toWebRequest(request, authentication.issuer),
      requestedTenant(request),
    );
    return sendWebResponse(reply, response, sessionCookie);
  });
}

function requestedTenant(request: FastifyRequest): string | undefined {
  const header = request.headers['x-tenant-id'];
  if (header === undefined) return undefined;
  const parsed = idSchema.safeParse(header);
  if (!parsed.success) throw new InvalidInputError([{ path: '/headers/x-tenant-id', message: 'must be a UUID' }]);
  return parsed.data;
}

/** The Web request behind a Fastify request. Its URL has the issuer's origin, whatever Host the client sent. */
function toWebRequest(request: FastifyRequest, issuer: string): Request {
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers)) {
    if (value === undefined || name.startsWith(':')) continue;
    for (const item of Array.isArray(value) ? value : [value]) headers.append(name, item);
  }
  // A client must not choose the address that its session is recorded under.
  headers.set(clientAddressHeader, request.ip);
  // Node's fetch sends Sec-Fetch-Mode alone; a browser never does. Taken for a browser, it would need an Origin.
  if (!headers.has('sec-fetch-site')) headers.delete('sec-fetch-mode');
  const hasBody = request.method !== 'GET' && request.method !== 'HEAD' && Buffer.isBuffer(request.body);
  const origin = new URL(issuer).origin;
  return new Request(new URL(`${origin}${request.url}`), {
    method: request.method,
    headers,
    ...(hasBody ? { body: new Uint8Array(request.body as Buffer) } : {}),
  });
}

async function sendWebResponse(reply: FastifyReply, response: Response, sessionCookie: string): Promise<FastifyReply> {
  reply.code(response.status);
  for (const [name, value] of response.headers) if (name !== 'set-cookie') reply.header(name, value);
  const cookies = response.headers.getSetCookie();
  if (cookies.length > 0)
    reply.header(
      'set-cookie',
      cookies.map((cookie) => withoutLifetime(cookie, sessionCookie)),
    );
  return reply.send(Buffer.from(await response.arrayBuffer()));
}

/**
 * The server alone decides when a session ends: requests to the API keep it alive without a new cookie, so a
 * lifetime in the cookie would sign an active user out. Deleting (Max-Age=0) stays.
 */
function withoutLifetime(cookie: string, sessionCookie: string): string {
  return cookie.startsWith(`${sessionCookie}=`) ? cookie.replace(/; Max-Age=[1-9]\d*/i, '') : cookie;
}
