import type { ResolvedPlatform, Workload } from '../../model/platform-model.ts';
import { buildAccess } from './access.ts';
import { buildAutoscaler } from './autoscaler.ts';
import { buildConfigMaps } from './config-map.ts';
import { isStateful } from './deployed-workloads.ts';
import { buildDeployment } from './deployment.ts';
import { buildDisruptionBudget } from './disruption-budget.ts';
import { buildJob, hookAnnotations } from './job.ts';
import type { KubernetesObject } from './kubernetes-object.ts';
import { buildNetworkPolicy } from './network-policy.ts';
import { buildServiceAccount } from './service-account.ts';
import { buildServiceMonitor } from './service-monitor.ts';
import { buildReplicaService } from './replica-service.ts';
import { buildServices } from './service.ts';
import { buildClaims, buildStatefulSet } from './stateful-set.ts';

/** Every object of one workload, in the order in which they are of use. */
export function buildWorkloadObjects(platform: ResolvedPlatform, workload: Workload): KubernetesObject[] {
  const annotations = hookAnnotations(workload, true);
  const configuration = buildConfigMaps(platform, workload).map((object) =>
    annotations === undefined ? object : { ...object, metadata: { ...object.metadata, annotations } },
  );
  const objects = [
    buildServiceAccount(platform, workload),
    ...buildAccess(platform, workload),
    ...configuration,
    ...(workload.runsOnce ? buildClaims(platform, workload) : []),
    ...buildServices(platform, workload),
    buildReplicaService(platform, workload),
    buildRunner(platform, workload),
    buildAutoscaler(platform, workload),
    buildDisruptionBudget(platform, workload),
    buildNetworkPolicy(platform, workload),
    buildServiceMonitor(platform, workload),
  ];
  return objects.filter((object) => object !== undefined);
}

function buildRunner(platform: ResolvedPlatform, workload: Workload): KubernetesObject {
  if (workload.runsOnce) return buildJob(platform, workload);
  return isStateful(workload) ? buildStatefulSet(platform, workload) : buildDeployment(platform, workload);
}
