import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { BenchmarkContext } from '../benchmark.ts';

/** What is used of scripts/peers/find-peers.mjs, which belongs to no package. */
interface PeerScript {
  describePeers(environment: BenchmarkContext['environment']): { readonly paths: Readonly<Record<string, string>> };
}

/** A program that `npm run peers` built; undefined when it is absent. */
export async function findPeer({ root, environment }: BenchmarkContext, name: string): Promise<string | undefined> {
  const script = pathToFileURL(join(root, 'scripts/peers/find-peers.mjs')).href;
  return ((await import(script)) as PeerScript).describePeers(environment).paths[name];
}
