import type { Artifact } from '../artifact.ts';
import { stages, type PlacedObject } from '../kubernetes/kubernetes-object.ts';
import { renderYaml, renderYamlDocuments } from '../yaml.ts';

/** A file for each workload, a folder for each stage. */
export function renderBase(objects: readonly PlacedObject[]): Artifact[] {
  const used = stages.filter((stage) => objects.some((placed) => placed.stage === stage));
  return [
    { path: 'base/kustomization.yaml', content: renderYaml(kustomization({ resources: used })) },
    ...used.flatMap((stage) =>
      renderResources(
        `base/${stage}`,
        objects.filter((placed) => placed.stage === stage),
      ),
    ),
  ];
}

function renderResources(folder: string, objects: readonly PlacedObject[]): Artifact[] {
  const files = groupByOwner(objects);
  const resources = files.map(([owner]) => `${owner}.yaml`);
  return [
    { path: `${folder}/kustomization.yaml`, content: renderYaml(kustomization({ resources })) },
    ...files.map(([owner, group]) => ({
      path: `${folder}/${owner}.yaml`,
      content: renderYamlDocuments(group.map(({ object }) => object)),
    })),
  ];
}

/** Objects by owner, sorted by its name. */
export function groupByOwner(objects: readonly PlacedObject[]): [string, PlacedObject[]][] {
  return Object.entries(Object.groupBy(objects, ({ owner }) => owner))
    .map(([owner, group = []]): [string, PlacedObject[]] => [owner, group])
    .toSorted(([left], [right]) => (left < right ? -1 : 1));
}

/** A kustomization file. */
export function kustomization(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return { apiVersion: 'kustomize.config.k8s.io/v1beta1', kind: 'Kustomization', ...fields };
}
