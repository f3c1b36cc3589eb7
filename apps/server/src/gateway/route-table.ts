import type { RouteDefinition, ServiceManifest } from '@plinth/contracts';
import { RoutesClashError } from '../server.errors.ts';

/** A route as the gateway works with it. */
export interface GatewayRoute extends RouteDefinition {
  readonly service: string;
  readonly rateLimit: number;
}

/** Where requests below `/api/v1` go: the longest prefix of whole path segments wins. */
export class RouteTable {
  readonly #routes: readonly GatewayRoute[];
  readonly #byFirstSegment = new Map<string, GatewayRoute[]>();

  constructor(manifests: readonly ServiceManifest[], rateLimitFactor = 1) {
    const seen = new Map<string, string>();
    this.#routes = manifests.flatMap((manifest) =>
      manifest.routes.map((route) => {
        const other = seen.get(route.path);
        if (other !== undefined) throw new RoutesClashError(route.path, other, manifest.name);
        seen.set(route.path, manifest.name);
        return {
          ...route,
          service: manifest.name,
          rateLimit: (route.rateLimit ?? manifest.rateLimit) * rateLimitFactor,
        };
      }),
    );
    for (const route of this.#routes) {
      const segment = firstSegment(route.path, 0);
      const list = this.#byFirstSegment.get(segment) ?? [];
      list.push(route);
      list.sort((left, right) => right.path.length - left.path.length);
      this.#byFirstSegment.set(segment, list);
    }
  }

  get routes(): readonly GatewayRoute[] {
    return this.#routes;
  }

  /** The route of a request path such as `/api/v1/plans/…`, or undefined. */
  find(path: string): GatewayRoute | undefined {
    if (!path.startsWith('/api/v1/')) return undefined;
    const rest = path.slice('/api/v1'.length);
    return this.#byFirstSegment.get(firstSegment(rest, 0))?.find((route) => isBelow(rest, route.path));
  }
}

function isBelow(path: string, prefix: string): boolean {
  if (!path.startsWith(prefix)) return false;
  const next = path.charCodeAt(prefix.length);
  return Number.isNaN(next) || next === 0x2f || next === 0x3f;
}

function firstSegment(path: string, from: number): string {
  let end = from + 1;
  while (end < path.length && path.charCodeAt(end) !== 0x2f && path.charCodeAt(end) !== 0x3f) end += 1;
  return path.slice(from + 1, end);
}
