import { inject } from 'vitest';

/** What vitest.config.ts tells the conformance tests about this machine. */
export interface PeerContext {
  /** In CI a missing peer is a failure; elsewhere its tests are skipped. */
  readonly required: boolean;
  /** The folder in which peers are kept, outside the checkout. */
  readonly folder: string;
  /** The path of every peer that is there, by name. */
  readonly paths: Readonly<Record<string, string>>;
  /** The environment of every peer, without anything of the person who runs the tests. */
  readonly environment: Readonly<Record<string, string>>;
}

declare module 'vitest' {
  export interface ProvidedContext {
    peers: PeerContext;
  }
}

export interface RequiredPeers<Name extends string> {
  readonly skip: boolean;
  /** The executables; complete unless the tests are skipped. */
  readonly paths: Readonly<Record<Name, string>>;
}

/** What this machine has; only the conformance tier is told. */
export function getPeerContext(): PeerContext {
  const context: PeerContext | undefined = inject('peers');
  if (context === undefined) throw new Error('Peers are for *.conformance.test.ts: no other tier may run them.');
  return context;
}

/** The path of a third-party program: a built one in the cache, a packaged one on PATH. */
export function findPeer(name: string): string | undefined {
  return getPeerContext().paths[name];
}

/**
 * Finds the third-party programs that a conformance test runs:
 *
 *     const peers = requirePeers('helm');
 *     describe.skipIf(peers.skip)('the chart', () => { … runPeer(peers.paths.helm, ['lint', folder]) … });
 *
 * Write the names as literals: CI installs what it finds in such calls.
 */
export function requirePeers<const Name extends string>(...names: Name[]): RequiredPeers<Name> {
  const found = names.map((name) => [name, findPeer(name)] as const);
  const missing = found.filter(([, path]) => path === undefined).map(([name]) => name);
  if (missing.length > 0) {
    const message = `${missing.join(', ')} missing; install with: npm run peers -- ${missing.join(' ')}`;
    if (getPeerContext().required) throw new Error(message);
    console.warn(`SKIPPED conformance tests: ${message}`);
  }
  return { skip: missing.length > 0, paths: Object.fromEntries(found) as Record<Name, string> };
}
