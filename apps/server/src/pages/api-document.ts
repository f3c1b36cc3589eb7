import type { Logger } from '@plinth/common';
import { z } from 'zod';

/** What the combined document needs of the document of another process. */
const documentSchema = z.looseObject({
  tags: z.array(z.looseObject({ name: z.string() })),
  paths: z.record(z.string(), z.unknown()),
});

export type ApiDocument = z.infer<typeof documentSchema>;

export interface ApiDocumentOptions {
  /** The document of the services in this process. */
  readonly own: () => ApiDocument;
  /** Addresses of the processes that the other services run in. */
  readonly processUrls: readonly string[];
  readonly log: Logger;
  readonly now: () => number;
}

const LIFETIME_MS = 10_000;
const TIMEOUT_MS = 2000;

/**
 * Gives the OpenAPI document of everything behind this gateway. Other processes are asked for theirs now and then; of one
 * that does not answer, the last known document stands.
 */
export function combineApiDocuments(options: ApiDocumentOptions): () => Promise<ApiDocument> {
  const known = new Map<string, { document: ApiDocument | undefined; askedAt: number }>();
  const refresh = async (url: string): Promise<ApiDocument | undefined> => {
    const last = known.get(url);
    if (last !== undefined && options.now() - last.askedAt < LIFETIME_MS) return last.document;
    const document = (await ask(url, options.log)) ?? last?.document;
    known.set(url, { document, askedAt: options.now() });
    return document;
  };
  return async () => {
    const others = await Promise.all(options.processUrls.map(refresh));
    return merge(
      options.own(),
      others.filter((document) => document !== undefined),
    );
  };
}

async function ask(url: string, log: Logger): Promise<ApiDocument | undefined> {
  try {
    const response = await fetch(`${url}/openapi.json`, { signal: AbortSignal.timeout(TIMEOUT_MS) });
    return documentSchema.parse(await response.json());
  } catch (error) {
    log.warn({ err: error, url }, 'the API document of another process could not be read');
    return undefined;
  }
}

/** The first document with the tags and paths of the others added; its own stand. */
function merge(own: ApiDocument, others: readonly ApiDocument[]): ApiDocument {
  if (others.length === 0) return own;
  const tags = new Map(
    [own, ...others].toReversed().flatMap((document) => document.tags.map((tag) => [tag.name, tag])),
  );
  const paths = Object.assign({}, ...[own, ...others].toReversed().map((document) => document.paths)) as object;
  const byName = <Value>([left]: [string, Value], [right]: [string, Value]): number => (left < right ? -1 : 1);
  return {
    ...own,
    tags: [...tags].sort(byName).map(([, tag]) => tag),
    paths: Object.fromEntries(Object.entries(paths).sort(byName)),
  };
}
