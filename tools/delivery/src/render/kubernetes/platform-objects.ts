import type { ResolvedPlatform } from '../../model/platform-model.ts';
import { oncePerModel } from '../once-per-model.ts';
import { buildCertificates } from './certificate.ts';
import { deployedWorkloads, stageOf } from './deployed-workloads.ts';
import { buildMemberBudgets } from './disruption-budget.ts';
import { buildExternalSecrets } from './external-secret.ts';
import { buildIngresses } from './ingress.ts';
import { kubernetesFormOf, type KubernetesObject, type PlacedObject, type Stage } from './kubernetes-object.ts';
import { buildNamespacePolicies } from './network-policy.ts';
import { buildAliases } from './service.ts';
import { buildWorkloadObjects } from './workload-objects.ts';

/** Every object of a platform in one environment but its namespace, in the order of the stages. */
export const buildPlatformObjects = oncePerModel((platform: ResolvedPlatform): readonly PlacedObject[] => {
  const place = (stage: Stage, owner: string, objects: readonly KubernetesObject[]): PlacedObject[] =>
    objects.map((object) => ({ stage, owner, object }));
  return [
    ...place('foundation', 'network-policies', buildNamespacePolicies(platform)),
    ...place('foundation', 'secrets', buildExternalSecrets(platform)),
    ...platform.components.flatMap(({ name }) => place('infrastructure', name, buildCustomResources(platform, name))),
    ...platform.components.flatMap((component) =>
      place('infrastructure', `${component.name}-members`, buildMemberBudgets(platform, component)),
    ),
    ...buildAliases(platform).map(({ owner, object }) => ({ stage: 'infrastructure' as const, owner, object })),
    ...deployedWorkloads(platform).flatMap((workload) =>
      place(stageOf(workload), workload.name, buildWorkloadObjects(platform, workload)),
    ),
    ...place('gateway', 'certificates', buildCertificates(platform)),
    ...place('gateway', 'ingress', buildIngresses(platform)),
  ];
});

/** The resources that a component's operator turns into pods. */
function buildCustomResources(platform: ResolvedPlatform, name: string): KubernetesObject[] {
  const component = platform.components.find((other) => other.name === name);
  if (component === undefined || component.entry.name === platform.edge) return [];
  const form = kubernetesFormOf(component);
  return form.form === 'operator' ? form.resources.map((resource) => resource as unknown as KubernetesObject) : [];
}
