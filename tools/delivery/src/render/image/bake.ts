import type { Artifact } from '../artifact.ts';
import { renderedFolder } from '../ci/layout.ts';
import { renderedBy } from '../yaml.ts';
import type { ImagePlan } from './image-plan.ts';

/**
 * All images in one run: `docker buildx bake --file <out>/images/docker-bake.hcl`, from the root of the repository.
 * Stages that several images share are built once. The base images are arguments of the Dockerfiles. Without a VERSION
 * the tags are those of `version`, which the rendered files of an environment with that version name.
 */
export function renderBake(plans: readonly ImagePlan[], version: string): Artifact {
  const names = plans.map(({ name }) => `"${name}"`).join(', ');
  const targets = plans.map(
    ({ name, repository }) => `target "${name}" {
  context = SOURCE
  dockerfile = "\${IMAGES}/${name}/Dockerfile"
  tags = ["${repository}:\${VERSION}"]
  args = {
    VERSION = VERSION
    REVISION = REVISION
    SOURCE_DATE_EPOCH = SOURCE_DATE_EPOCH
  }
}
`,
  );
  const content = `# ${renderedBy}
variable "SOURCE" {
  default = "."
}
variable "IMAGES" {
  default = "${renderedFolder}/images"
}
variable "VERSION" {
  default = "${version}"
}
variable "REVISION" {
  default = "unknown"
}
variable "SOURCE_DATE_EPOCH" {
  default = "0"
}

group "default" {
  targets = [${names}]
}

${targets.join('\n')}`;
  return { path: 'docker-bake.hcl', content };
}
