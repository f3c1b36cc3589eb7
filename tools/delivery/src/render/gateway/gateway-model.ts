import type { EdgeRoute, ResolvedPlatform, TlsSettings } from '../../model/platform-model.ts';
import { resolveOrigins, type OriginRules } from './origin-pattern.ts';

/** What a test, or somebody who runs a gateway outside of the platform, says differently. */
export interface GatewayOptions {
  /** Address of a workload in place of `<name>:<port>`: workload → `host:port`. */
  readonly upstreams?: Readonly<Record<string, string>>;
  readonly ports?: Partial<GatewayPorts>;
  /** Folder of Traefik's files in its container. */
  readonly folder?: string;
  /** Where nginx writes its access log. */
  readonly accessLog?: string;
  /** For the gateway behind the edge: APIs are passed to their services, not to that gateway. */
  readonly direct?: boolean;
}

/** Ports that a gateway listens on in its container. */
export interface GatewayPorts {
  readonly http: number;
  readonly https: number;
  /** Health and metrics; never published. */
  readonly admin: number;
  /** Caddy's own interface, on the loopback only. */
  readonly caddy: number;
}

/** A route table that is ready to be written down in any gateway's language. */
export interface GatewayModel {
  readonly platform: string;
  readonly environment: string;
  readonly domain: string;
  readonly https: boolean;
  readonly tls: TlsSettings | undefined;
  readonly ports: GatewayPorts;
  readonly folder: string;
  readonly accessLog: string;
  readonly origins: OriginRules;
  /** Address of the process that answers `/edge/verify`. */
  readonly verifier: string;
  /** The oauth2-proxy that checks who opens tools; undefined: the platform's own gateway does. */
  readonly signIn: SignInProxy | undefined;
  readonly namespace: string;
  readonly ingressClass: string;
  /** Sorted by name. */
  readonly hosts: readonly GatewayHost[];
}

export interface SignInProxy {
  readonly workload: string;
  readonly port: number;
  /** `host:port`. */
  readonly address: string;
}

/** Addresses of those who are asked about requests, as the gateway reaches them. */
export interface AskedAddresses {
  readonly verifier: string;
  readonly signIn: string | undefined;
}

export interface GatewayHost {
  readonly name: string;
  /** Longest path first, so that the first that fits is right. */
  readonly routes: readonly GatewayRoute[];
}

export interface GatewayRoute extends EdgeRoute {
  /** `host:port`. */
  readonly upstream: string;
  /** Query of `/edge/verify`, whose answer replaces the client's credentials; undefined: that is not asked. */
  readonly verify: string | undefined;
  /** A tool about which oauth2-proxy is asked instead. Without either question a request is passed on as it came. */
  readonly signIn: boolean;
  /** Path at which the gateway asks whether the service is well; undefined when the workload has none. */
  readonly healthPath: string | undefined;
}

/** Ports of every edge's entry in the catalogue; a test compares them. */
export const edgePorts: GatewayPorts = { http: 8080, https: 8443, admin: 8081, caddy: 2019 };

/** Where the platform's own edge listens without TLS. */
function ownPort({ components, workloads, edge }: ResolvedPlatform): Partial<GatewayPorts> {
  const own = components.find(({ entry }) => entry.name === edge);
  const ports = workloads.find(({ name }) => own?.workloads.includes(name) === true)?.ports ?? [];
  const http = ports.find(({ name }) => name === 'http');
  return http === undefined ? {} : { http: http.port };
}

/** Workload of the platform that serves pages, sign-in and `/edge/verify`. */
export const VERIFIER = 'gateway';
export const VERIFIER_PORT = 3000;

/** Puts a platform's routes in the form that every gateway is rendered from. */
export function toGatewayModel(platform: ResolvedPlatform, options: GatewayOptions = {}): GatewayModel {
  const address = (workload: string, port: number): string => options.upstreams?.[workload] ?? `${workload}:${port}`;
  const hosts = [...new Set(platform.routes.map((route) => route.host))].toSorted();
  const inner = options.direct === true ? undefined : innerGateway(platform, options.upstreams);
  const proxy = findSignInProxy(platform);
  return {
    platform: platform.name,
    environment: platform.environment,
    domain: platform.domain,
    https: platform.scheme === 'https',
    tls: platform.scheme === 'https' ? platform.tls : undefined,
    ports: { ...edgePorts, ...ownPort(platform), ...options.ports },
    folder: options.folder ?? '/etc/traefik',
    accessLog: options.accessLog ?? '/dev/stdout',
    origins: resolveOrigins(platform.corsOrigins, platform.environment),
    verifier: address(VERIFIER, VERIFIER_PORT),
    signIn: proxy === undefined ? undefined : { ...proxy, address: address(proxy.workload, proxy.port) },
    namespace: platform.cluster.namespace,
    ingressClass: platform.cluster.ingressClass,
    hosts: hosts.map((name) => ({
      name,
      routes: withSignIn(
        name,
        platform,
        platform.routes.filter((route) => route.host === name),
      )
        .map((route) => toGatewayRoute(route, platform, address(route.workload, route.port)))
        .map((route) => (proxy === undefined || route.kind !== 'tool' ? route : askProxy(route)))
        .map((route) => (inner === undefined || route.kind !== 'api' ? route : passTo(inner, route)))
        .toSorted((left, right) => right.path.length - left.path.length || (left.path < right.path ? -1 : 1)),
    })),
  };
}

/** Below it the gateway process signs browsers in, on every host about whose requests it is asked. */
export const SIGN_IN_PATH = '/edge';
const VERIFY_PATH = '/edge/verify';

/** A host that asks who comes also leads to where people sign in. */
function withSignIn(host: string, platform: ResolvedPlatform, routes: readonly EdgeRoute[]): readonly EdgeRoute[] {
  const asks = routes.some(({ kind }) => kind !== 'page') && hasVerifier(platform);
  if (!asks || routes.some(({ path }) => path === SIGN_IN_PATH)) return routes;
  const label = host.endsWith(`.${platform.domain}`) ? host.slice(0, -platform.domain.length - 1) : host;
  const signIn: EdgeRoute = {
    name: `sign-in-at-${label.replaceAll('.', '-')}`,
    host,
    path: SIGN_IN_PATH,
    workload: VERIFIER,
    port: VERIFIER_PORT,
    kind: 'page',
    rateLimit: undefined,
    timeoutSeconds: 60,
    bodyLimit: 65_536,
    critical: false,
    public: true,
    blockedPaths: [VERIFY_PATH],
  };
  return [signIn, ...routes.map((route) => ({ ...route, blockedPaths: withoutSignIn(route.blockedPaths) }))];
}

function withoutSignIn(paths: readonly string[]): string[] {
  return paths.filter((path) => path !== SIGN_IN_PATH);
}

function hasVerifier({ workloads }: ResolvedPlatform): boolean {
  return workloads.some(({ name, kind }) => name === VERIFIER && kind === 'core');
}

/**
 * Only where no process of the platform's own answers `/edge/verify`. A platform with neither still asks there, and
 * nobody gets in.
 */
function findSignInProxy(platform: ResolvedPlatform): Omit<SignInProxy, 'address'> | undefined {
  if (hasVerifier(platform)) return undefined;
  const { workloads, components } = platform;
  const component = components.find(({ entry }) => entry.name === 'oauth2-proxy');
  const workload = workloads.find(({ component: owner }) => owner !== undefined && owner === component?.name);
  const port = workload?.ports.find(({ name }) => name === 'http')?.port;
  return workload === undefined || port === undefined ? undefined : { workload: workload.name, port };
}

function askProxy(route: GatewayRoute): GatewayRoute {
  return { ...route, verify: undefined, signIn: true };
}

/** As the gateway of one Compose project or machine reaches them. */
export function askedAddresses({ verifier, signIn }: GatewayModel): AskedAddresses {
  return { verifier, signIn: signIn?.address };
}

/** As the controller of a cluster reaches them, which stands in a namespace of its own. */
export function askedInCluster({ namespace, signIn }: GatewayModel): AskedAddresses {
  return {
    verifier: `${VERIFIER}.${namespace}.svc:${VERIFIER_PORT}`,
    signIn: signIn === undefined ? undefined : `${signIn.workload}.${namespace}.svc:${signIn.port}`,
  };
}

const KONG_PORT = 8000;

/** Address of a Kong that stands behind another edge: it verifies and counts, the edge ends TLS. */
function innerGateway(platform: ResolvedPlatform, upstreams: GatewayOptions['upstreams']): string | undefined {
  const kong = platform.components.find(({ entry }) => entry.name === 'kong');
  if (kong === undefined || platform.edge === 'kong') return undefined;
  return upstreams?.[kong.name] ?? `${kong.name}:${KONG_PORT}`;
}

function passTo(upstream: string, route: GatewayRoute): GatewayRoute {
  return { ...route, upstream, verify: undefined, healthPath: undefined };
}

/** Every route of a model, in the order of hosts. */
export function listRoutes(model: GatewayModel): GatewayRoute[] {
  return model.hosts.flatMap((host) => host.routes);
}

function toGatewayRoute(route: EdgeRoute, platform: ResolvedPlatform, upstream: string): GatewayRoute {
  const workload = platform.workloads.find(({ name }) => name === route.workload);
  const ready = workload?.health?.ready;
  const isCore = workload?.kind === 'core';
  const isVerifier = route.workload === VERIFIER;
  return {
    ...route,
    upstream,
    // The platform's own gateway verifies for itself; asked before, it would count each request twice.
    verify: isVerifier ? undefined : verifyQuery(route, isCore),
    signIn: false,
    healthPath: ready?.kind === 'http' && ready.port === route.port ? ready.path : undefined,
    // Whatever the description says: who sees `/edge/verify` from outside could ask for tokens.
    blockedPaths: isVerifier ? [...new Set([...route.blockedPaths, VERIFY_PATH])].toSorted() : route.blockedPaths,
  };
}

function verifyQuery(route: EdgeRoute, isCore: boolean): string | undefined {
  if (route.kind === 'page') return undefined;
  if (route.kind === 'tool') return `tool=${route.workload}&role=platform_admin`;
  if (isCore) return `service=${route.workload}`;
  const limit = route.rateLimit === undefined ? '' : `&limit=${route.rateLimit}`;
  return `application=${route.workload}${limit}${route.public ? '&public=true' : ''}`;
}
