import type { Artifact } from '../artifact.ts';
import { placedKey, type EnvironmentObjects } from '../kubernetes/environments.ts';
import { builtImages, formatImage, parseImage } from '../kubernetes/image-reference.ts';
import { stages, type KubernetesObject, type PlacedObject, type Stage } from '../kubernetes/kubernetes-object.ts';
import { buildNamespace } from '../kubernetes/namespace.ts';
import { renderYaml, renderYamlDocuments } from '../yaml.ts';
import { groupByOwner, kustomization } from './base.ts';
import { renderImages } from './images.ts';
import { diffValues } from './json-patch.ts';

type Environment = EnvironmentObjects['environments'][number];

/** What one environment has or does differently, stage by stage, and the one place of its image tags. */
export function renderOverlay(base: readonly PlacedObject[], environment: Environment): Artifact[] {
  const folder = `overlays/${environment.platform.environment}`;
  const used = usedStages(base, environment);
  return [
    { path: `${folder}/kustomization.yaml`, content: renderYaml(kustomization({ resources: used })) },
    ...used.flatMap((stage) => renderStage(`${folder}/${stage}`, stage, base, environment)),
    ...renderImages(`${folder}/images`, environment),
  ];
}

/** Stages that an environment has; the first one has its namespace. */
export function usedStages(base: readonly PlacedObject[], environment: Environment): Stage[] {
  const all = [...base, ...environment.own];
  return stages.filter((stage) => stage === 'foundation' || all.some((placed) => placed.stage === stage));
}

function renderStage(
  folder: string,
  stage: Stage,
  base: readonly PlacedObject[],
  environment: Environment,
): Artifact[] {
  const { platform, own } = environment;
  const shared = base.filter((placed) => placed.stage === stage);
  const added = groupByOwner(own.filter((placed) => placed.stage === stage));
  const namespace =
    stage === 'foundation' ? [{ path: `${folder}/namespace.yaml`, content: renderYaml(buildNamespace(platform)) }] : [];
  const files = added.map(([owner, group]) => ({
    path: `${folder}/${owner}.yaml`,
    content: renderYamlDocuments(group.map(({ object }) => object)),
  }));
  const patches = renderPatches(folder, shared, environment);
  const hasImages =
    builtImages(platform).length > 0 && (stage === 'migrations' || stage === 'services' || stage === 'infrastructure');
  const content = kustomization({
    namespace: platform.cluster.namespace,
    resources: [
      ...(shared.length === 0 ? [] : [`../../../base/${stage}`]),
      ...[...namespace, ...files].map(({ path }) => path.slice(folder.length + 1)).toSorted(),
    ],
    ...(hasImages ? { components: ['../images'] } : {}),
    ...(patches.entries.length === 0 ? {} : { patches: patches.entries }),
  });
  return [
    { path: `${folder}/kustomization.yaml`, content: renderYaml(content) },
    ...namespace,
    ...files,
    ...patches.files,
  ];
}

interface Patches {
  readonly entries: readonly Record<string, unknown>[];
  readonly files: readonly Artifact[];
}

/** One patch for each object that differs from the base. */
function renderPatches(folder: string, shared: readonly PlacedObject[], environment: Environment): Patches {
  const here = new Map(environment.objects.map((placed) => [placedKey(placed), placed]));
  const images = new Map(builtImages(environment.platform).map((image) => [image.repository, formatImage(image)]));
  const patches = shared.flatMap((placed) => {
    const target = here.get(placedKey(placed));
    const operations = target === undefined ? [] : diffValues(withTags(placed.object, images), target.object);
    return operations.length === 0 ? [] : [{ object: placed.object, operations }];
  });
  const rendered = patches.map(({ object, operations }) => {
    const path = `patches/${object.kind.toLowerCase()}-${object.metadata.name}.yaml`;
    return {
      entry: { path, target: targetOf(object) },
      file: { path: `${folder}/${path}`, content: renderYaml(operations) },
    };
  });
  const sorted = rendered.toSorted((left, right) => (left.file.path < right.file.path ? -1 : 1));
  return { entries: sorted.map(({ entry }) => entry), files: sorted.map(({ file }) => file) };
}

/** The value with the tags of this environment: those are no difference, they have a place of their own. */
function withTags(value: unknown, images: ReadonlyMap<string, string>): unknown {
  if (typeof value === 'string') return images.get(parseImage(value).repository) ?? value;
  if (Array.isArray(value)) return value.map((item) => withTags(item, images));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withTags(item, images)]));
}

/** Kustomize reads names as regular expressions; an anchored one is exactly the object. */
function targetOf({ apiVersion, kind, metadata }: KubernetesObject): Record<string, string> {
  const [group, version] = apiVersion.includes('/') ? apiVersion.split('/') : [undefined, apiVersion];
  return {
    ...(group === undefined ? {} : { group }),
    version: version ?? '',
    kind,
    name: metadata.name,
  };
}
