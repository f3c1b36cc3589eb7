import type { ResolvedPlatform, Workload } from '../../model/platform-model.ts';
import { kubernetesFormOf, type KubernetesObject } from './kubernetes-object.ts';
import { selectorLabels, workloadLabels } from './labels.ts';

const definition = 'ServiceMonitor.monitoring.coreos.com';

/** Whether an operator of the platform knows what a ServiceMonitor is; elsewhere Prometheus has its own file. */
export function hasServiceMonitors(platform: ResolvedPlatform): boolean {
  return platform.components.some((component) => {
    const form = kubernetesFormOf(component);
    return form.form === 'operator' && form.definitions.some((name) => name.startsWith(definition));
  });
}

/** What to scrape every 30 seconds. */
export function buildServiceMonitor(platform: ResolvedPlatform, workload: Workload): KubernetesObject | undefined {
  const { metrics, name } = workload;
  if (metrics === undefined || workload.runsOnce || !hasServiceMonitors(platform)) return undefined;
  return {
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'ServiceMonitor',
    metadata: { name, labels: workloadLabels(platform, workload) },
    spec: {
      selector: { matchLabels: selectorLabels(platform, name) },
      endpoints: [{ targetPort: metrics.port, path: metrics.path, interval: '30s', scrapeTimeout: '10s' }],
    },
  };
}
