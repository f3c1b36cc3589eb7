import type { ResolvedPlatform } from '../../model/platform-model.ts';
import type { Artifact } from '../artifact.ts';
import { resolveAddOns, resolveChartReleases } from '../kubernetes/add-ons.ts';
import { renderYaml } from '../yaml.ts';
import { SERVICE_CHART_VERSION } from './service-chart.ts';

/**
 * `charts/third-party`: the operators, as dependencies in their exact versions, for tools that look for newer ones and
 * for `helm dependency update`, which fetches them all. It is not installed: a release has one namespace, and each
 * operator needs its own (`cluster/OPERATORS.md`). Components that charts of others
 * run are in `releases/<environment>.yaml`: each is a release of its own in the platform's namespace.
 */
export function renderThirdPartyChart(environments: readonly ResolvedPlatform[]): Artifact[] {
  const addOns = resolveAddOns(environments).filter(({ source }) => source === 'chart');
  const folder = 'charts/third-party';
  const chart = {
    apiVersion: 'v2',
    name: 'third-party',
    description: 'Operators whose custom resources the platform uses',
    type: 'application',
    version: SERVICE_CHART_VERSION,
    dependencies: addOns.map(({ name, chart: dependency, version, repository }) => ({
      name: dependency,
      ...(dependency === name ? {} : { alias: name }),
      version,
      repository,
      condition: `${name}.enabled`,
    })),
  };
  const values = Object.fromEntries(addOns.map(({ name, values: own }) => [name, { enabled: true, ...own }]));
  return [
    ...(addOns.length === 0
      ? []
      : [
          { path: `${folder}/Chart.yaml`, content: renderYaml(chart) },
          { path: `${folder}/values.yaml`, content: renderYaml(values) },
        ]),
    ...environments.flatMap((platform) => {
      const releases = resolveChartReleases(platform);
      return releases.length === 0
        ? []
        : [{ path: `releases/${platform.environment}.yaml`, content: renderYaml({ releases }) }];
    }),
  ];
}
