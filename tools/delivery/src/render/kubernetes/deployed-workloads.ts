import type { ResolvedPlatform, Workload } from '../../model/platform-model.ts';
import type { Stage } from './kubernetes-object.ts';

/**
 * The workloads that become pods of ours. Not among them: what an operator or a chart runs, the edge of Compose (the
 * cluster's ingress controller is the edge), what only watches its machine through mounted folders (a pod that may do
 * so is no unprivileged one, and the kubelet reports the same), and tools of the `dev` layer outside development.
 */
export function deployedWorkloads(platform: ResolvedPlatform): Workload[] {
  const components = new Map(platform.components.map(({ name, entry }) => [name, entry]));
  const isDevelopment = platform.environment.startsWith('dev');
  return platform.workloads.filter(({ component, layer, hostPaths = [] }) => {
    if (layer === 'dev' && !isDevelopment) return false;
    const entry = component === undefined ? undefined : components.get(component);
    if (entry === undefined) return true;
    const onlyWatches = hostPaths.length > 0 && entry.provides.length === 0;
    return entry.kubernetes.form === 'workloads' && entry.name !== platform.edge && !onlyWatches;
  });
}

/** Migrations end before the services start; components are there before both. */
export function stageOf(workload: Workload): Stage {
  if (workload.kind === 'component') return 'infrastructure';
  return workload.runsOnce ? 'migrations' : 'services';
}

/** Whether pods keep volumes of their own, and a name of their own with them. */
export function isStateful(workload: Workload): boolean {
  return !workload.runsOnce && (workload.stateful || workload.volumes.length > 0);
}
