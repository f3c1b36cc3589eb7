import { sendProblem, toDomainError, type Logger } from '@plinth/common';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { issuerPath } from '../core.ts';
import { preferredLocale } from '../mail/locale.ts';
import { isSafeReturnPath } from '../openid/return-path.ts';
import type { FederationService } from './federation.service.ts';

export interface FederationPluginOptions {
  readonly federation: FederationService;
  readonly log: Logger;
}

const bodyLimit = 64 * 1024;
const ownAccount = '/security';

type ProviderRequest = FastifyRequest<{ Params: { provider: string } }>;

/**
 * The addresses that browsers are sent to: where a sign-in at a provider begins and comes back, and our SAML metadata.
 * Register it without fastify-plugin: its parser of forms must not reach the routes beside it.
 */
export async function federationPlugin(app: FastifyInstance, options: FederationPluginOptions): Promise<void> {
  const base = `${issuerPath}/federation/:provider`;
  app.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string', bodyLimit },
    (_request, body, done) => done(null, new URLSearchParams(body as string)),
  );
  const route = (work: typeof begin) => async (request: FastifyRequest, reply: FastifyReply) => {
    try {
      return await work(request as ProviderRequest, reply, options);
    } catch (error) {
      return answerFailure(error, request, reply, { ...options, path: '/sign-in' });
    }
  };
  app.get(`${base}/start`, route(begin));
  app.get(`${base}/callback`, route(finish));
  app.post(`${base}/callback`, route(finish));
  app.get(`${base}/metadata`, async (request, reply) => {
    try {
      const metadata = await options.federation.renderMetadata((request as ProviderRequest).params.provider);
      return reply.type('application/samlmetadata+xml').send(metadata);
    } catch (error) {
      // A program reads it, not a person.
      sendProblem(error, request, reply, options.log);
      return reply;
    }
  });
}

async function begin(
  request: ProviderRequest,
  reply: FastifyReply,
  { federation }: FederationPluginOptions,
): Promise<FastifyReply> {
  const { location, cookie } = await federation.begin(request.params.provider, { returnTo: readReturnTo(request) });
  for (const removal of federation.renderSurplusRemovals(request.headers.cookie)) reply.header('set-cookie', removal);
  return sendTo(reply.header('set-cookie', cookie), location);
}

async function finish(
  request: ProviderRequest,
  reply: FastifyReply,
  options: FederationPluginOptions,
): Promise<FastifyReply> {
  const { federation } = options;
  const posted = request.method === 'POST';
  const parameters = readAnswer(request);
  const { provider } = request.params;
  const { ready, beginning, removal } = await federation.take(provider, { parameters, posted }, request.headers.cookie);
  reply.header('set-cookie', removal);
  const { ip, headers } = request;
  const browser = { ip, userAgent: headers['user-agent']?.slice(0, 500), cookies: headers.cookie };
  const locale = preferredLocale(headers['accept-language']);
  try {
    const { progress, returnTo } = await federation.finish({ ready, beginning }, parameters, { browser, locale });
    if (progress?.cookie !== undefined) reply.header('set-cookie', progress.cookie);
    return sendTo(
      reply,
      progress?.next === 'second_factor' ? withReturnTo('/sign-in/second-factor', returnTo) : (returnTo ?? ownAccount),
    );
  } catch (error) {
    const path = beginning.link === undefined ? '/sign-in' : ownAccount;
    return answerFailure(error, request, reply, { ...options, path, returnTo: beginning.returnTo });
  }
}

/** What the provider sent, in the address or as a form. */
function readAnswer(request: FastifyRequest): URLSearchParams {
  if (request.method === 'POST') return request.body instanceof URLSearchParams ? request.body : new URLSearchParams();
  return new URLSearchParams(request.url.split('?')[1] ?? '');
}

function readReturnTo(request: FastifyRequest): string | undefined {
  const path = new URLSearchParams(request.url.split('?')[1] ?? '').get('return_to');
  return path !== null && isSafeReturnPath(path) ? path : undefined;
}

/** Somebody looks at a browser: a page of ours tells them what went wrong. */
function answerFailure(
  thrown: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
  target: { readonly log: Logger; readonly path: '/sign-in' | '/security'; readonly returnTo?: string | undefined },
): FastifyReply {
  const error = toDomainError(thrown, request);
  if (error.kind === 'internal') target.log.error({ err: error.cause ?? error }, 'a federated sign-in failed');
  return sendTo(reply, withReturnTo(target.path, target.returnTo, { error: error.code }));
}

function withReturnTo(
  path: string,
  returnTo: string | undefined,
  parameters: Readonly<Record<string, string>> = {},
): string {
  const query = new URLSearchParams({ ...parameters, ...(returnTo === undefined ? {} : { return_to: returnTo }) });
  return query.size === 0 ? path : `${path}?${query.toString()}`;
}

/** A form that was posted to us must not be posted on: 303 makes the next request a GET. */
function sendTo(reply: FastifyReply, location: string): FastifyReply {
  return reply.header('cache-control', 'no-store').header('referrer-policy', 'no-referrer').redirect(location, 303);
}
