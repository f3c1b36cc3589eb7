import { decimalSchema, type RouteDefinition, type ServiceManifest } from '@plinth/contracts';
import { RoutesClashError, RouteUsageInvalidError } from '../server.errors.ts';

const apiPrefix = '/api/v1';
/** Forms of pages are small. */
const pageBodyLimit = 65_536;

/** A route as the gateway works with it. */
export interface GatewayRoute extends RouteDefinition {
  /** The whole prefix, with `/api/v1` unless it is one of pages. */
  readonly prefix: string;
  readonly service: string;
  readonly rateLimit: number;
}

/** Where requests below `/api/v1` and for pages go: the longest prefix of whole path segments wins. */
export class RouteTable {
  readonly #routes: readonly GatewayRoute[];
  readonly #byFirstSegment = new Map<string, GatewayRoute[]>();
  readonly #pagesByFirstSegment = new Map<string, GatewayRoute[]>();

  constructor(manifests: readonly ServiceManifest[], rateLimitFactor = 1) {
    const seen = new Map<string, string>();
    this.#routes = manifests.flatMap((manifest) => listRoutes(manifest, rateLimitFactor));
    for (const route of this.#routes) {
      const other = seen.get(route.prefix);
      if (other !== undefined) throw new RoutesClashError(route.path, other, route.service);
      seen.set(route.prefix, route.service);
      assertUsage(route);
      const table = route.prefix === route.path ? this.#pagesByFirstSegment : this.#byFirstSegment;
      const segment = firstSegment(route.path, 0);
      const list = table.get(segment) ?? [];
      list.push(route);
      list.sort((left, right) => right.path.length - left.path.length);
      table.set(segment, list);
    }
  }

  get routes(): readonly GatewayRoute[] {
    return this.#routes;
  }

  /** The route of a request path such as `/api/v1/plans/…` or `/sign-in`, or undefined. */
  find(path: string): GatewayRoute | undefined {
    if (!path.startsWith('/api/v1/'))
      return this.#pagesByFirstSegment.get(firstSegment(path, 0))?.find((route) => isBelow(path, route.path));
    const rest = path.slice(apiPrefix.length);
    return this.#byFirstSegment.get(firstSegment(rest, 0))?.find((route) => isBelow(rest, route.path));
  }
}

function listRoutes(manifest: ServiceManifest, rateLimitFactor: number): GatewayRoute[] {
  const { name: service, routes, pages = [] } = manifest;
  const limit = (own: number | undefined): number => (own ?? manifest.rateLimit) * rateLimitFactor;
  return [
    ...routes.map((route) => ({
      ...route,
      prefix: apiPrefix + route.path,
      service,
      rateLimit: limit(route.rateLimit),
    })),
    ...pages.map((path) => ({
      path,
      prefix: path,
      service,
      public: true,
      bodyLimit: pageBodyLimit,
      rateLimit: limit(undefined),
    })),
  ];
}

/** A route that is sold needs a caller to sell it to, a unit that may stand in a header, and some of it. */
function assertUsage({ usage, path, service, public: isPublic }: GatewayRoute): void {
  if (usage === undefined) return;
  const { unit, quantity = '1' } = usage;
  if (isPublic === true)
    throw new RouteUsageInvalidError(service, path, 'has nobody to be sold to: the route is public');
  if (!/^[a-z0-9][a-z0-9._-]{0,99}$/.test(unit))
    throw new RouteUsageInvalidError(service, path, `names the unit "${unit}", which is no key of a meter`);
  if (!decimalSchema.safeParse(quantity).success || quantity.startsWith('-') || !/[1-9]/.test(quantity))
    throw new RouteUsageInvalidError(service, path, `has the quantity "${quantity}", which is no decimal above zero`);
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
