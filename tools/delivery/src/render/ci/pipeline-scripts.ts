import type { ResolvedPlatform } from '../../model/platform-model.ts';
import type { Artifact } from '../artifact.ts';
import { renderedBy } from '../yaml.ts';
import { listBuiltImages } from './built-images.ts';
import { scriptFolder } from './layout.ts';
import { affectedImagesScript } from './scripts/affected-images.ts';
import { buildImagesScript, listAffectedScript } from './scripts/build-images.ts';
import { checkCommitsScript } from './scripts/check-commits.ts';
import { gitOpsScript } from './scripts/gitops.ts';
import { imageTagsScript } from './scripts/image-tags.ts';
import { nextVersionScript } from './scripts/next-version.ts';
import { gatewayLoadScript, gatewaySmokeScript, pageLoadScript, pageSmokeScript } from './scripts/smoke.ts';
import { validateRenderedScript } from './scripts/validate-rendered.ts';

const node = {
  'affected-images.mjs': affectedImagesScript,
  'image-tags.mjs': imageTagsScript,
  'list-affected.mjs': listAffectedScript,
  'next-version.mjs': nextVersionScript,
};

const shell = {
  'build-images.sh': ['sh', buildImagesScript],
  'check-commits.sh': ['bash', checkCommitsScript],
  'gitops.sh': ['bash', gitOpsScript],
  'validate-rendered.sh': ['bash', validateRenderedScript],
} as const;

/** The work of the pipelines, the same for every server that runs them, and the table of images that it reads. */
export function renderPipelineScripts(environments: readonly ResolvedPlatform[]): Artifact[] {
  const images = listBuiltImages(environments);
  const hasGateway = environments.some(({ routes }) => routes.some(({ workload }) => workload === 'gateway'));
  return [
    ...Object.entries({ ...node, 'load.js': hasGateway ? gatewayLoadScript : pageLoadScript }).map(([name, text]) => ({
      path: `${scriptFolder}/${name}`,
      content: `// ${renderedBy}\n${text}`,
    })),
    ...Object.entries({
      ...shell,
      'smoke.sh': ['bash', hasGateway ? gatewaySmokeScript : pageSmokeScript] as const,
    }).map(([name, [program, text]]) => ({
      path: `${scriptFolder}/${name}`,
      content: `#!/usr/bin/env ${program}\n# ${renderedBy}\n${text}`,
      executable: true,
    })),
    { path: `${scriptFolder}/images.json`, content: `${JSON.stringify({ images }, undefined, 2)}\n` },
  ];
}
