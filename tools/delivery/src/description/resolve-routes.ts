import type { ServiceManifest } from '@plinth/contracts';
import type { EdgeRoute } from '../model/platform-model.ts';
import type { EnvironmentView } from './apply-environment.ts';
import type { ComponentIndex } from './component-index.ts';
import { interfacesOf, type ComponentInterface } from './component-interfaces.ts';
import type { ApplicationDescription } from './platform-description.ts';
import { portOf } from './resolve-application.ts';
import { typeDefaults } from './workload-defaults.ts';

const MEBIBYTE = 1024 * 1024;
const usual = { timeoutSeconds: 60, bodyLimit: MEBIBYTE, critical: false, blockedPaths: [] } as const;
/** Of the gateway process: for other processes, for the edge itself and for Prometheus only. */
const innerPaths = ['/edge', '/internal', '/metrics'];

/** Everything that the edge passes on, sorted by host and then by the longest path. */
export function resolveRoutes(
  view: EnvironmentView,
  manifests: readonly ServiceManifest[],
  applications: readonly ApplicationDescription[],
  index: ComponentIndex,
): EdgeRoute[] {
  const host = (label: string) => `${label}.${view.domain}`;
  const verified = manifests.length > 0;
  // Interfaces of staff are reached only where somebody checks who comes.
  const staff = verified || index.find('oauth2-proxy') !== undefined;
  const routes: EdgeRoute[] = [
    ...manifests.flatMap((manifest) => manifest.routes.map((route) => coreRoute(manifest, route, host('api')))),
    ...manifests.flatMap((manifest) => (manifest.pages ?? []).map((path) => servicePage(manifest, path, host('api')))),
    ...(manifests.length === 0 ? [] : [pagesRoute(host('api'))]),
    ...applications.flatMap((application) => applicationRoutes(application, host, verified)),
    ...index.components
      .flatMap((component) => interfacesOf(component, view.domain))
      .flatMap((shown) => interfaceRoutes(shown, staff)),
  ];
  return routes.toSorted(
    (left, right) =>
      compare(left.host, right.host) || right.path.length - left.path.length || compare(left.path, right.path),
  );
}

function coreRoute(manifest: ServiceManifest, route: ServiceManifest['routes'][number], host: string): EdgeRoute {
  return {
    name: `${manifest.name}${route.path.replaceAll('/', '-')}`,
    host,
    path: `/api/v1${route.path}`,
    workload: manifest.name,
    port: manifest.port,
    kind: 'api',
    rateLimit: route.rateLimit ?? manifest.rateLimit,
    timeoutSeconds: route.critical === true ? 5 : 60,
    bodyLimit: route.bodyLimit ?? MEBIBYTE,
    critical: route.critical === true,
    public: route.public === true,
    blockedPaths: [],
  };
}

/** Pages that a service has for people: public, counted, and with their cookies. */
function servicePage(manifest: ServiceManifest, path: string, host: string): EdgeRoute {
  return {
    ...usual,
    name: `${manifest.name}-pages${path.replaceAll(/[^a-z0-9]+/g, '-')}`,
    host,
    path,
    workload: manifest.name,
    port: manifest.port,
    kind: 'api',
    rateLimit: manifest.rateLimit,
    bodyLimit: 65_536,
    public: true,
  };
}

/** Pages, API document and health of the gateway process, and the problem document of every path that is no route. */
function pagesRoute(host: string): EdgeRoute {
  return {
    ...usual,
    name: 'gateway',
    host,
    path: '/',
    workload: 'gateway',
    port: 3000,
    kind: 'page',
    rateLimit: undefined,
    public: true,
    blockedPaths: innerPaths,
  };
}

function interfaceRoutes({ definition, name, host, workload }: ComponentInterface, staff: boolean): EdgeRoute[] {
  const { port, ownSignIn } = definition;
  if (workload === undefined || (!ownSignIn && !staff)) return [];
  return [
    {
      ...usual,
      name,
      host,
      path: '/',
      workload,
      port,
      kind: ownSignIn ? 'page' : 'tool',
      rateLimit: undefined,
      public: ownSignIn,
      bodyLimit: 16 * MEBIBYTE,
    },
  ];
}

/** Without the core services there is nobody to verify callers but the application itself. */
function applicationRoutes(
  application: ApplicationDescription,
  host: (label: string) => string,
  verified: boolean,
): EdgeRoute[] {
  const { name, type, paths = ['/'] } = application;
  const { isPage, metrics } = typeDefaults[type];
  const isPublic = !verified || (application.public ?? isPage);
  const inner = application.metrics ?? metrics;
  return paths.map((path) => ({
    ...usual,
    name: path === '/' ? name : `${name}${path.replaceAll('/', '-')}`,
    host: host(application.host ?? name),
    path,
    workload: name,
    port: portOf(application),
    kind: isPublic ? 'page' : 'api',
    rateLimit: application.rateLimit ?? (isPublic ? undefined : 100),
    timeoutSeconds: application.critical === true ? 5 : 60,
    critical: application.critical === true,
    public: isPublic,
    blockedPaths: path === '/' && inner !== undefined ? [inner] : [],
  }));
}

function compare(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
