import type { ResolvedPlatform, Workload } from '../../model/platform-model.ts';
import type { Artifact } from '../artifact.ts';
import { baseEnvironment } from '../kubernetes/environments.ts';
import { builtImages } from '../kubernetes/image-reference.ts';
import { objectKey, type KubernetesObject } from '../kubernetes/kubernetes-object.ts';
import { renderedBy, renderYaml } from '../yaml.ts';
import { SERVICE_CHART_VERSION, renderServiceChart } from './service-chart.ts';
import { defaultServiceValues, toServiceValues, type ServiceValues } from './service-values.ts';
import { diffHelmValues } from './values-diff.ts';

/** A chart with one dependency for each workload, and objects that belong to none. */
export interface UmbrellaChart {
  readonly name: string;
  readonly description: string;
  readonly notes: string;
  readonly environments: readonly UmbrellaEnvironment[];
}

export interface UmbrellaEnvironment {
  readonly platform: ResolvedPlatform;
  readonly workloads: readonly Workload[];
  readonly objects: readonly KubernetesObject[];
}

const objectsTemplate = `{{- /* ${renderedBy} */ -}}
{{- range $key, $object := .Values.objects }}
{{- if $object }}
---
{{ toYaml $object }}
{{- end }}
{{- end }}
`;

/** The chart, its values, and what differs in each environment. */
export function renderUmbrellaChart(chart: UmbrellaChart): Artifact[] {
  const folder = `charts/${chart.name}`;
  const names = workloadNames(chart);
  const base = baseEnvironment(chart.environments.map(({ platform }) => platform));
  const values = toValues(chart, base);
  const usual = Object.fromEntries(names.map((name) => [name, { ...defaultServiceValues, enabled: undefined }]));
  return [
    { path: `${folder}/Chart.yaml`, content: renderYaml(toChartFile(chart, base, names)) },
    { path: `${folder}/values.yaml`, content: renderYaml(diffHelmValues(usual, values)) },
    ...chart.environments.map(({ platform }) => ({
      path: `${folder}/values-${platform.environment}.yaml`,
      content: renderYaml(diffHelmValues(values, toValues(chart, platform))),
    })),
    { path: `${folder}/templates/objects.yaml`, content: objectsTemplate },
    { path: `${folder}/templates/NOTES.txt`, content: chart.notes },
    // Unpacked beside the chart, so that nothing has to be fetched before it is of use.
    ...(names.length === 0 ? [] : renderServiceChart(`${folder}/charts/service`)),
  ];
}

function workloadNames({ environments }: UmbrellaChart): string[] {
  return [...new Set(environments.flatMap(({ workloads }) => workloads.map(({ name }) => name)))].toSorted();
}

function toChartFile(chart: UmbrellaChart, base: ResolvedPlatform, names: readonly string[]): Record<string, unknown> {
  return {
    apiVersion: 'v2',
    name: chart.name,
    description: chart.description,
    type: 'application',
    version: SERVICE_CHART_VERSION,
    appVersion: base.version,
    kubeVersion: '>=1.29.0-0',
    ...(names.length === 0
      ? {}
      : {
          dependencies: names.map((alias) => ({
            name: 'service',
            alias,
            version: SERVICE_CHART_VERSION,
            repository: 'file://../service',
            condition: `${alias}.enabled`,
          })),
        }),
  };
}

/** All values of an environment. What only another one has is there too, switched off. */
function toValues(chart: UmbrellaChart, platform: ResolvedPlatform): Record<string, unknown> {
  const own = chart.environments.find((environment) => environment.platform === platform);
  const tolerations = platform.cluster.tolerations.map(({ key, value, effect }) => ({
    key,
    operator: 'Equal',
    value,
    effect,
  }));
  const built = new Set(builtImages(platform).map(({ repository }) => repository));
  const workloads = workloadNames(chart).map((name): [string, unknown] => {
    const workload = own?.workloads.find((candidate) => candidate.name === name);
    // Switched off, and otherwise like another environment's: nothing but the switch differs.
    const [other] =
      workload === undefined ? chart.environments.flatMap((environment) => toServices(environment, name)) : [];
    const values = workload === undefined ? other : toServiceValues(platform, workload);
    if (values === undefined) return [name, { enabled: false }];
    // Tags of our own images have a place of their own.
    const image = built.has(values.image.repository) ? { ...values.image, tag: '' } : values.image;
    return [name, { ...values, image, enabled: workload !== undefined }];
  });
  return {
    global: { platform: platform.name, storageClass: platform.cluster.storageClass, tolerations },
    ...Object.fromEntries(workloads),
    objects: Object.fromEntries((own?.objects ?? []).map((object): [string, unknown] => [valueKey(object), object])),
  };
}

function toServices({ platform, workloads }: UmbrellaEnvironment, name: string): ServiceValues[] {
  return workloads.filter((workload) => workload.name === name).map((workload) => toServiceValues(platform, workload));
}

/** `networkpolicy-saas-names`: unique, and a name that can be given on the command line. */
function valueKey(object: KubernetesObject): string {
  const group = object.apiVersion.includes('/') ? `.${objectKey(object).split('/')[0]}` : '';
  return `${object.kind.toLowerCase()}-${object.metadata.name}${group.includes('.k8s.io') ? '' : group.replaceAll('.', '-')}`;
}
