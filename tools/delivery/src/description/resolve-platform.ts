import type {
  ClusterSettings,
  EdgeKind,
  EdgeRoute,
  IdentitySettings,
  NodeCapacity,
  ResolvedPlatform,
  SecretDefinition,
  SecretObject,
  Workload,
} from '../model/platform-model.ts';
import { parseCpu, parseMemory } from '../model/quantity.ts';
import { secretNames } from '../model/workload-secrets.ts';
import { applyEnvironment, type EnvironmentView } from './apply-environment.ts';
import { ComponentIndex, endpointOf, poolOf } from './component-index.ts';
import { interfacesOf } from './component-interfaces.ts';
import type { ComponentUse, PlatformDescription } from './platform-description.ts';
import { applicationDatabases, applicationSecrets, resolveApplication } from './resolve-application.ts';
import {
  componentDatabases,
  componentSecrets,
  resolveChartCalls,
  resolveComponent,
  resolveKubernetes,
  resolveSecretObjects,
} from './resolve-component.ts';
import { resolveCore } from './resolve-core.ts';
import { coreDatabases, coreSecrets } from './resolve-core-secrets.ts';
import { resolveSurroundings, signInOrigins } from './resolve-core-edge.ts';
import { atPublicPort, behindGateway } from './resolve-edge.ts';
import { identitySecrets, withIdentitySecrets } from './resolve-identity-secrets.ts';
import { resolveIssuers } from './resolve-issuers.ts';
import { receiverSecrets, resolveNotify, withReceiverSecrets } from './resolve-notify.ts';
import { resolveObjectives } from './resolve-objectives.ts';
import { resolveRoutes } from './resolve-routes.ts';

/** Node.js and Alpine of the images that are built. */
export const NODE_IMAGE = 'node:24.21.0-alpine3.22';

/**
 * A description in one of its environments, with every default filled in. Tolerant: what is unknown is left out, since
 * the checks report it together with everything else.
 */
export function resolvePlatform(description: PlatformDescription, environment: string): ResolvedPlatform {
  const view = applyEnvironment(description, environment);
  const index = new ComponentIndex(view, componentUses(description));
  const products = (description.products ?? []).filter(({ name }) => view.has(name));
  const applications = [
    ...(description.applications ?? []).map((application) => ({ application, product: undefined })),
    ...products.flatMap(({ name, applications: parts }) =>
      parts.map((application) => ({ application, product: name as string | undefined })),
    ),
  ].filter(({ application }) => view.has(application.name));
  const own = applications.map(({ application }) => application);
  const manifests = (description.services ?? []).filter(({ name }) => view.has(name));
  const routes = resolveRoutes(view, manifests, own, index);
  const identity = resolveIdentity(view, index, routes);
  const corsOrigins = resolveOrigins(view, routes);
  const database = index.find('database');
  const core = {
    view,
    manifests,
    corsOrigins,
    publicUrl: `${view.scheme}://api.${view.domain}`,
    collector: collectorOf(index),
    issuers: resolveIssuers(description.name, identity, index.find('keycloak')),
    surroundings: resolveSurroundings(view, index, routes, identity),
    database,
    pool: poolOf(index),
  };
  const applicationInput = {
    view,
    index,
    applications: [...own.map(({ name }) => name), ...manifests.map(({ name }) => name)],
  };
  const databases = [
    ...coreDatabases(core),
    ...own.flatMap(applicationDatabases),
    ...index.components.flatMap(componentDatabases),
  ];
  const cluster = resolveCluster(view);
  const { issuer } = identity;
  const componentInput = { view, index, issuer, ingressClass: cluster.ingressClass, databases };
  const receivers = receiverSecrets(view, index);
  const resolvedComponents = index.components.map((component) => ({
    ...component,
    containers: resolveComponent(componentInput, component).map((workload) =>
      withReceiverSecrets(withIdentitySecrets(workload, description, index), component, receivers),
    ),
    kubernetes: resolveKubernetes(componentInput, component),
    secretObjects: resolveSecretObjects(componentInput, component),
    calls: resolveChartCalls(componentInput, component),
  }));
  const coreWorkloads = resolveCore(core);
  const workloads = spreadProfiles([
    ...coreWorkloads,
    ...applications.map(({ application, product }) => resolveApplication(applicationInput, application, product)),
    ...resolvedComponents.flatMap(({ entry, containers }) =>
      entry.name === edgeOf(description)
        ? containers.map((edge) => atPublicPort(behindGateway(edge, coreWorkloads), view.scheme))
        : containers,
    ),
  ]).toSorted(byName);
  const objects = resolvedComponents.flatMap(({ secretObjects = [] }) => secretObjects);
  const secrets = [
    ...coreSecrets(core),
    ...own.flatMap((application) => applicationSecrets(applicationInput, application)),
    ...index.components.flatMap((component) => componentSecrets(index, component)),
    ...identitySecrets(description, index),
    ...receivers,
  ];
  return {
    name: description.name,
    title: description.title ?? description.name,
    environment,
    environments: Object.keys(description.environments),
    domain: view.domain,
    scheme: view.scheme,
    targets: description.targets,
    registry: description.registry,
    version: view.version,
    edge: edgeOf(description),
    tls:
      view.scheme === 'http'
        ? undefined
        : (view.override.tls ?? description.tls ?? { email: `ops@${description.domain}`, challenge: 'http-01' }),
    corsOrigins,
    workloads,
    components: resolvedComponents
      .map(({ name, entry, settings, containers, kubernetes, secretObjects, calls }) => ({
        name,
        entry,
        settings,
        workloads: containers.map((container) => container.name).toSorted(),
        kubernetes,
        ...(secretObjects === undefined ? {} : { secretObjects }),
        ...(calls === undefined ? {} : { calls }),
      }))
      .toSorted(byName),
    routes,
    secrets: assignSecrets(secrets, workloads, objects),
    identity,
    node: resolveNode(view),
    products: products.map(({ name, title, applications: parts }) => ({
      name,
      title,
      workloads: parts.map((part) => part.name).filter((part) => view.has(part)),
    })),
    cluster,
    gitOps: {
      repository: description.gitOps?.repository ?? `https://git.${description.domain}/${description.name}/deploy.git`,
      branch: description.gitOps?.branch ?? 'main',
    },
    nodeImage: NODE_IMAGE,
    notify: resolveNotify(view, index),
    objectives: resolveObjectives(description, manifests),
  };
}

/** The components that the description names, and the edge's own, which every platform has. */
export function componentUses(description: PlatformDescription): readonly ComponentUse[] {
  const uses = description.infrastructure ?? [];
  const edge = edgeOf(description);
  const needsEdge = description.targets.includes('compose') && !uses.some(({ entry }) => (entry as string) === edge);
  return needsEdge ? [{ entry: edge as string as ComponentUse['entry'], name: edge, settings: {} }, ...uses] : uses;
}

function edgeOf(description: PlatformDescription): EdgeKind {
  return description.edge ?? 'traefik';
}

/** A workload in a profile brings what it depends on into that profile, unless that is always started. */
function spreadProfiles(workloads: readonly Workload[]): Workload[] {
  const profiles = new Map(workloads.map(({ name, profiles: own }) => [name, new Set(own)]));
  const isOptional = (name: string) => (profiles.get(name)?.size ?? 0) > 0;
  for (let changed = true; changed;) {
    changed = false;
    for (const workload of workloads) {
      for (const { workload: needed } of workload.dependsOn.filter((dependency) => isOptional(dependency.workload))) {
        const target = profiles.get(needed);
        for (const profile of profiles.get(workload.name) ?? []) {
          if (target === undefined || target.has(profile)) continue;
          target.add(profile);
          changed = true;
        }
      }
    }
  }
  return workloads.map((workload) => ({ ...workload, profiles: [...(profiles.get(workload.name) ?? [])].toSorted() }));
}

/** Secrets that something reads: a workload of ours, a template, or pods of a chart by an object that it is told of. */
function assignSecrets(
  secrets: readonly Omit<SecretDefinition, 'workloads'>[],
  workloads: readonly Workload[],
  objects: readonly SecretObject[],
): SecretDefinition[] {
  const readers = (name: string) =>
    workloads.filter((workload) => secretNames(workload).includes(name)).map((workload) => workload.name);
  const distinct = new Map(secrets.map((secret) => [secret.name, { ...secret, workloads: readers(secret.name) }]));
  const parts = new Set([
    ...[...distinct.values()].flatMap(({ template }) => secretsIn(template ?? '')),
    ...objects.flatMap(({ entries }) => entries.flatMap((entry) => ('secret' in entry ? [entry.secret] : []))),
  ]);
  return [...distinct.values()]
    .filter(({ name, workloads: used }) => used.length > 0 || parts.has(name))
    .toSorted(byName);
}

/** Names of the secrets that a template puts together. */
export function secretsIn(template: string): string[] {
  return [...template.matchAll(/\$\{([a-z0-9-]+)\}/g)].map(([, name]) => name ?? '');
}

/** The collector in front of a store of traces, or the store itself: all of them take OTLP over HTTP at its own port. */
function collectorOf(index: ComponentIndex): string | undefined {
  const store = index.find('traces');
  return store === undefined ? undefined : `http://${endpointOf(index.find('collector') ?? store).host}:4318`;
}

function resolveIdentity(view: EnvironmentView, index: ComponentIndex, routes: readonly EdgeRoute[]): IdentitySettings {
  const { description, environment, domain, scheme } = view;
  const keycloak = index.find('keycloak');
  const provider = keycloak === undefined ? undefined : interfacesOf(keycloak, domain)[0];
  const realm = `${description.name}-${environment}`;
  const pages = pageOrigins(view, routes);
  const redirectUris =
    view.override.redirectUris ??
    description.identity?.redirectUris ??
    pages.map((origin) => `${origin}/auth/callback`);
  // Where the gateway takes the answer of the provider, for people who open an application or a tool.
  const edge =
    (description.services ?? []).length === 0
      ? []
      : signInOrigins(view, routes).map((origin) => `${origin}/edge/callback`);
  return {
    provider: provider === undefined ? 'embedded' : 'keycloak',
    issuer:
      provider === undefined ? `${scheme}://api.${domain}/api/v1/auth` : `${scheme}://${provider.host}/realms/${realm}`,
    realm,
    redirectUris: [...redirectUris, ...edge],
    webOrigins: [
      ...new Set(redirectUris.flatMap((uri) => (URL.canParse(uri) ? [new URL(uri).origin] : []))),
    ].toSorted(),
    brokers: description.identity?.brokers ?? [],
  };
}

/** Origins of the pages that people open: applications of the team, and the console. */
function pageOrigins(view: EnvironmentView, routes: readonly EdgeRoute[]): string[] {
  const hosts = routes.filter(({ kind, path }) => kind === 'page' && path === '/').map(({ host }) => host);
  const applications = new Set([
    ...(view.description.applications ?? []).map(({ name }) => name),
    ...(view.description.products ?? []).flatMap((product) => product.applications.map(({ name }) => name)),
  ]);
  const own = routes
    .filter(({ workload, host }) => applications.has(workload) && hosts.includes(host))
    .map(({ host }) => host);
  return [...new Set([...own, `console.${view.domain}`])].toSorted().map((host) => `${view.scheme}://${host}`);
}

function resolveOrigins(view: EnvironmentView, routes: readonly EdgeRoute[]): readonly string[] {
  const given = view.override.corsOrigins ?? view.description.corsOrigins;
  if (given !== undefined) return given;
  const byEnvironment: Readonly<Record<string, readonly string[]>> = {
    // Servers that developers start themselves, each at a port of its own.
    development: ['http://localhost:*'],
    staging: [`https://staging-*.${view.description.domain}`],
  };
  const patterns = byEnvironment[view.environment] ?? [];
  return [...patterns, ...pageOrigins(view, routes)];
}

function resolveNode(view: EnvironmentView): NodeCapacity | undefined {
  const node = view.override.node ?? view.description.node;
  if (node === undefined) return undefined;
  const reserved = node.reserved ?? { cpu: '0', memory: '0Mi' };
  return {
    cpu: parseCpu(node.cpu) ?? 0,
    memory: parseMemory(node.memory) ?? 0,
    reserved: { cpu: parseCpu(reserved.cpu) ?? 0, memory: parseMemory(reserved.memory) ?? 0 },
  };
}

function resolveCluster(view: EnvironmentView): ClusterSettings {
  const kind = view.description.cluster?.kind ?? 'k3s';
  return {
    name: view.override.cluster ?? view.environment,
    kind,
    namespace: `${view.description.name}-${view.environment}`,
    ingressClass: edgeOf(view.description),
    storageClass: kind === 'k3s' ? 'local-path' : 'standard',
    secretStore: 'sealed-secrets',
    airGapped: false,
    tolerations: [],
    ...view.description.cluster,
  };
}

function byName(left: { readonly name: string }, right: { readonly name: string }): number {
  return left.name < right.name ? -1 : left.name > right.name ? 1 : 0;
}
