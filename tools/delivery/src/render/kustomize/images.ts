import type { Artifact } from '../artifact.ts';
import type { EnvironmentObjects } from '../kubernetes/environments.ts';
import { builtImages, findImageFields } from '../kubernetes/image-reference.ts';
import { renderYaml } from '../yaml.ts';

/**
 * The tags of an environment, as a component that all its stages use: the only file that a machine changes when an
 * image was built. `configurations` carries the tags to fields of custom resources, which the transformer alone does
 * not know.
 */
export function renderImages(folder: string, environment: EnvironmentObjects['environments'][number]): Artifact[] {
  const images = builtImages(environment.platform);
  if (images.length === 0) return [];
  const fields = findImageFields(
    environment.objects.map(({ object }) => object),
    images,
  );
  const component = {
    apiVersion: 'kustomize.config.k8s.io/v1alpha1',
    kind: 'Component',
    images: images.map(({ repository, tag }) =>
      tag.includes(':') ? { name: repository, digest: tag } : { name: repository, newTag: tag },
    ),
    ...(fields.length === 0 ? {} : { configurations: ['image-fields.yaml'] }),
  };
  return [
    { path: `${folder}/kustomization.yaml`, content: renderYaml(component), keepsTags: true },
    ...(fields.length === 0 ? [] : [{ path: `${folder}/image-fields.yaml`, content: renderYaml({ images: fields }) }]),
  ];
}
