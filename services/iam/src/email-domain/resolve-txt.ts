import { Resolver } from 'node:dns/promises';
import { ServiceUnavailableError } from '@plinth/common';
import type { ResolveTxt } from './email-domain.service.ts';

const noSuchRecord = new Set(['ENOTFOUND', 'ENODATA']);

/** Asks name servers for TXT records: the given ones (`address` or `address:port`), else those of the system. */
export function createTxtResolver(servers: readonly string[]): ResolveTxt {
  const resolver = new Resolver({ timeout: 3000, tries: 2 });
  if (servers.length > 0) resolver.setServers(servers);
  return async (name) => {
    try {
      return await resolver.resolveTxt(name);
    } catch (error) {
      if (noSuchRecord.has((error as { code?: string }).code ?? '')) return [];
      throw new ServiceUnavailableError('DNS', error);
    }
  };
}
