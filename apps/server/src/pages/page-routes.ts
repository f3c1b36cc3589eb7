import { readFile } from 'node:fs/promises';
import type { ServiceManifest } from '@plinth/contracts';
import { packagePath, type ContractClients } from '@plinth/common';
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { ApiDocument } from './api-document.ts';
import { renderApiReference } from './api-reference.ts';
import { renderHome } from './home.ts';
import { renderServiceDirectory, toDirectoryEntry, type DirectoryEntry } from './service-directory.ts';

export interface PageOptions {
  readonly manifests: readonly ServiceManifest[];
  readonly localServices: ReadonlySet<string>;
  readonly contracts: ContractClients;
  readonly publicUrl: string;
  readonly version: string;
  readonly openApi: () => Promise<ApiDocument>;
}

/** /, /services, /api/docs, /openapi.json and the style sheet. */
export async function addPageRoutes(app: FastifyInstance, options: PageOptions): Promise<void> {
  const style = await readFile(packagePath(import.meta.url, 'assets/plinth.css'), 'utf8');
  app.get('/assets/plinth.css', async (_request, reply) =>
    reply.header('cache-control', 'public, max-age=3600').type('text/css').send(style),
  );
  app.get('/', async (_request, reply) => sendPage(reply, renderHome(options.publicUrl)));
  app.get('/api/docs', async (_request, reply) => sendPage(reply, renderApiReference(await options.openApi())));
  app.get('/openapi.json', async () => options.openApi());
  app.get('/services', async (request, reply) => {
    const entries = await listEntries(options);
    reply.header('vary', 'Accept');
    // A browser asks for a page; every other client gets the data.
    if ((request.headers.accept ?? '').includes('text/html')) return sendPage(reply, renderServiceDirectory(entries));
    return { data: entries };
  });
}

async function listEntries(options: PageOptions): Promise<DirectoryEntry[]> {
  return Promise.all(
    options.manifests.map(async (manifest) => {
      const isLocal = options.localServices.has(manifest.name);
      const url = isLocal ? options.publicUrl : options.contracts.urlOf(manifest.name);
      const health = isLocal || (await isLive(url)) ? 'up' : 'down';
      return toDirectoryEntry(manifest, new URL(url ?? options.publicUrl), health, options.version);
    }),
  );
}

async function isLive(url: string | undefined): Promise<boolean> {
  try {
    return (await fetch(`${url}/health/live`, { signal: AbortSignal.timeout(2000) })).ok;
  } catch {
    return false;
  }
}

function sendPage(reply: FastifyReply, html: string): FastifyReply {
  return reply.type('text/html; charset=utf-8').header('cache-control', 'no-store').send(html);
}
