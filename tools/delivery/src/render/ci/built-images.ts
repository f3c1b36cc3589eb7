import type { ResolvedPlatform } from '../../model/platform-model.ts';
import { planImages } from '../image/image-plan.ts';
import { manifestFiles } from '../image/workspace-packages.ts';
import { renderedFolder } from './layout.ts';

/** An image that the pipeline builds. */
export interface BuiltImage {
  readonly name: string;
  /** Registry and path without a tag. */
  readonly repository: string;
  readonly dockerfile: string;
  /** Folders of the packages that go into the image or are needed to build it. */
  readonly packages: readonly string[];
  /** Files of other packages that go into it. */
  readonly files?: readonly string[];
}

/** Every image of any environment once, by name, with the packages that its Dockerfile copies. */
export function listBuiltImages(environments: readonly ResolvedPlatform[]): BuiltImage[] {
  return planImages(environments).map(({ name, repository, buildPackages, manifests }) => ({
    name,
    repository,
    dockerfile: `${renderedFolder}/images/${name}/Dockerfile`,
    packages: buildPackages,
    ...(manifests.length === 0 ? {} : { files: manifests.flatMap(manifestFiles) }),
  }));
}

/** The host of a registry; the part before the first slash of `registry.example.com/team`. */
export function registryHost({ registry }: Pick<ResolvedPlatform, 'registry'>): string {
  return registry.split('/')[0]!;
}
