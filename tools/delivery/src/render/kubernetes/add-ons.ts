import type { ResolvedPlatform } from '../../model/platform-model.ts';
import { hasCertificates } from './certificate.ts';
import { ingressNamespace } from './ingress-controller.ts';
import { kubernetesFormOf } from './kubernetes-object.ts';
import { bringsStorage, storageNamespace } from './storage.ts';

/** Something of others that a cluster must have, installed once for all environments in a namespace of its own. */
export interface AddOn {
  readonly name: string;
  readonly namespace: string;
  /** `rendered`: a folder that is part of our own output. */
  readonly source: 'chart' | 'git' | 'rendered';
  readonly repository: string;
  /** Name of the chart, or folder in the repository. */
  readonly chart: string;
  /** Version of the chart, or tag of the repository. */
  readonly version: string;
  readonly values: Readonly<Record<string, unknown>>;
}

/** Values without which an operator sees its own namespace only. */
const operatorValues: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  'strimzi-kafka-operator': { watchAnyNamespace: true },
};

/** Namespaces that an operator's own manifests name. */
const operatorNamespaces: Readonly<Record<string, string>> = {
  'rabbitmq-cluster-operator': 'rabbitmq-system',
};

const certManager: AddOn = {
  name: 'cert-manager',
  namespace: 'cert-manager',
  source: 'chart',
  repository: 'https://charts.jetstack.io',
  chart: 'cert-manager',
  version: 'v1.21.2',
  values: { crds: { enabled: true, keep: true } },
};

const externalSecrets: AddOn = {
  name: 'external-secrets',
  namespace: 'external-secrets',
  source: 'chart',
  repository: 'https://charts.external-secrets.io',
  chart: 'external-secrets',
  version: '1.3.1',
  values: {},
};

const sealedSecrets: AddOn = {
  name: 'sealed-secrets',
  namespace: 'sealed-secrets',
  source: 'chart',
  repository: 'https://bitnami-labs.github.io/sealed-secrets',
  chart: 'sealed-secrets',
  version: '2.19.3',
  // The name by which `kubeseal` finds the controller, whatever the release is called.
  values: { fullnameOverride: 'sealed-secrets' },
};

/**
 * Ingress controllers by class. A k3s cluster has Traefik from the start, and whoever runs a managed cluster has chosen
 * one. ingress-nginx is at its last release: its project ended in March 2026.
 */
const controllers: Readonly<Record<string, Pick<AddOn, 'repository' | 'chart' | 'version' | 'values'>>> = {
  kong: { repository: 'https://charts.konghq.com', chart: 'ingress', version: '0.24.0', values: {} },
  nginx: {
    repository: 'https://kubernetes.github.io/ingress-nginx',
    chart: 'ingress-nginx',
    version: '4.14.1',
    values: {},
  },
  traefik: { repository: 'https://traefik.github.io/charts', chart: 'traefik', version: '37.4.0', values: {} },
};

const storage: AddOn = {
  name: 'storage',
  namespace: storageNamespace,
  source: 'rendered',
  repository: '',
  chart: 'cluster/storage',
  version: '',
  values: {},
};

/** Operators whose definitions the rendered resources need, of all environments together, sorted by name. */
export function resolveAddOns(environments: readonly ResolvedPlatform[]): AddOn[] {
  const all = environments.flatMap((platform) => [
    ...componentOperators(platform),
    ...(bringsStorage(platform) ? [storage] : []),
    ...ingressControllers(platform),
    ...(hasCertificates(platform) ? [certManager] : []),
    ...(platform.cluster.secretStore === 'external-secrets' ? [externalSecrets] : []),
    ...(platform.cluster.secretStore === 'sealed-secrets' ? [sealedSecrets] : []),
  ]);
  const unique = new Map(all.map((addOn) => [addOn.name, addOn]));
  return [...unique.values()].toSorted((left, right) => (left.name < right.name ? -1 : 1));
}

function ingressControllers(platform: ResolvedPlatform): AddOn[] {
  const { kind, ingressClass } = platform.cluster;
  const controller = controllers[ingressClass];
  const isThere = kind === 'managed' || (kind === 'k3s' && ingressClass === 'traefik');
  if (isThere || controller === undefined || platform.routes.length === 0) return [];
  return [{ ...controller, name: 'ingress-controller', namespace: ingressNamespace(platform), source: 'chart' }];
}

function componentOperators(platform: ResolvedPlatform): AddOn[] {
  return platform.components.flatMap((component) => {
    const form = kubernetesFormOf(component);
    if (form.form !== 'operator') return [];
    const { name, repository, chart, version, source = 'chart' } = form.operator;
    const namespace = operatorNamespaces[name] ?? `${name}-system`;
    return [{ name, namespace, source, repository, chart, version, values: operatorValues[chart] ?? {} }];
  });
}

/** A component that a chart of others runs, in the namespace of the platform. */
export interface ChartRelease {
  readonly name: string;
  readonly repository: string;
  readonly chart: string;
  readonly version: string;
  readonly values: Readonly<Record<string, unknown>>;
}

/** Components of one environment that charts of others run. */
export function resolveChartReleases(platform: ResolvedPlatform): ChartRelease[] {
  return platform.components.flatMap((component) => {
    const form = kubernetesFormOf(component);
    if (form.form !== 'chart' || component.entry.name === platform.edge) return [];
    const { repository, chart, version, values } = form;
    return [{ name: component.name, repository, chart, version, values }];
  });
}
