import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { PageServer } from './page.handler.ts';
import type { PageAsset, PageAssets } from './page-assets.ts';
import { PageNotFoundError } from './page.errors.ts';
import type { IamCore } from '../core.ts';
import type { PageRoute } from './visit.ts';

export interface PagePluginOptions {
  readonly core: IamCore;
  readonly assets: PageAssets;
  readonly routes: readonly PageRoute[];
}

const bodyLimit = 64 * 1024;
const longestAge = 365 * 24 * 3600;

/** Mounts pages and what they load. Register it without fastify-plugin: forms are parsed here alone. */
export async function pagePlugin(app: FastifyInstance, { core, assets, routes }: PagePluginOptions): Promise<void> {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string', bodyLimit },
    (_request, body, done) => done(null, parseForm(body as string)),
  );
  for (const asset of [assets.style, assets.script]) app.get(asset.path, (_request, reply) => sendAsset(asset, reply));

  const server = new PageServer(core, assets);
  const fail = (error: unknown) => async () => {
    throw error;
  };
  const options = {
    bodyLimit,
    errorHandler: (error: unknown, request: FastifyRequest, reply: FastifyReply) =>
      server.show(fail(error), request, reply),
  };
  for (const { path, get, post } of routes) {
    // Forms that have a path of their own are on the page of the account.
    const show = get ?? (async () => ({ location: '/security' }));
    app.get(path, options, (request, reply) => server.show(show, request, reply));
    if (post !== undefined) app.post(path, options, (request, reply) => server.take(post, request, reply));
  }
  const missing = fail(new PageNotFoundError());
  for (const path of new Set(routes.map(({ path: known }) => `/${known.split('/')[1]!}/*`)))
    app.get(path, options, (request, reply) => server.show(missing, request, reply));
}

/** The fields of a form, without the zero bytes that nobody types and PostgreSQL does not take. */
function parseForm(body: string): URLSearchParams {
  const fields = [...new URLSearchParams(body)];
  return new URLSearchParams(fields.map(([name, value]): [string, string] => [name, value.replaceAll('\0', '')]));
}

function sendAsset({ type, content }: PageAsset, reply: FastifyReply): FastifyReply {
  return reply
    .type(type)
    .header('cache-control', `public, max-age=${longestAge}, immutable`)
    .header('x-content-type-options', 'nosniff')
    .send(content);
}
