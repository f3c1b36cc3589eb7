import {
  baseStage,
  copyManifests,
  heading,
  installPackages,
  joinStages,
  runtimeInstructions,
  settleTimes,
  stage,
} from './dockerfile.ts';
import type { ImagePlan } from './image-plan.ts';
import { imageUser } from './image-pins.ts';
import { manifestFiles } from './workspace-packages.ts';

/**
 * `compile <folder>…` turns the sources of packages into what runs, below /image/app. It checks no types: pipelines
 * do that before, `isolatedModules` makes the output the same, and so a package's image needs neither the sources of
 * other packages nor what tests need. A configuration that extends another one does not inherit its references.
 */
const compile = [
  '#!/bin/sh',
  'set -eu',
  'for package; do',
  '  target="/image/app/$package"',
  '  mkdir -p "$target"',
  '  printf %s "{\\"extends\\":\\"./tsconfig.json\\"}" > "$package/tsconfig.image.json"',
  '  node node_modules/typescript/bin/tsc -p "$package/tsconfig.image.json" --outDir "$target/dist" --noCheck \\',
  '    --noResolve --types "" --composite false --incremental false --tsBuildInfoFile null \\',
  '    --declaration false --declarationMap false --sourceMap false',
  '  for kept in assets migrations; do',
  '    if [ -d "$package/$kept" ]; then cp -R "$package/$kept" "$target/$kept"; fi',
  '  done',
  'done',
];

/** Removes what running needs nothing of: types, source maps, and files of the installer that hold times. */
const prune = [
  'rm -rf package.json pnpm-lock.yaml pnpm-workspace.yaml node_modules/.modules.yaml node_modules/.pnpm/lock.yaml',
  'rm -rf node_modules/.pnpm-workspace-state*.json',
  'find . -type d -name .bin -prune -exec rm -rf {} +',
  // Node.js runs no TypeScript below node_modules.
  "find node_modules -type f \\( -name '*.ts' -o -name '*.mts' -o -name '*.cts' -o -name '*.map' \\) -delete",
];

/**
 * Manifests import the contracts and lie in packages that are not installed; a package that is not found in its own
 * folder is looked for in those above.
 */
const linkContracts = [
  'mkdir -p /image/app/services/node_modules/@plinth',
  'ln -s ../../../libs/contracts /image/app/services/node_modules/@plinth/contracts',
];

/**
 * A core service, the gateway, or the migrations: the command, the server, the libraries, the services that it runs
 * and the manifests of those that it stands before.
 */
export function renderPlinthImage(plan: ImagePlan, nodeImage: string): string {
  const libraries = plan.packages.filter((folder) => folder.startsWith('libs/'));
  const others = plan.packages.filter((folder) => !folder.startsWith('libs/'));
  const links = plan.manifests.length === 0 ? [] : linkContracts;
  const install = [
    'mkdir -p /image/usr/local/bin',
    'ln -s /app/apps/cli/dist/src/main.js /image/usr/local/bin/plinth',
    ...links,
    settleTimes,
  ];
  return joinStages([
    heading(plan, { NODE_IMAGE: nodeImage }),
    baseStage(),
    stage('base', 'compiler', [
      ...copyManifests([]),
      installPackages(['.'], ['--ignore-scripts']),
      '# hadolint ignore=SC2016',
      `RUN printf '%s\\n' \\\n${compile.map((line) => `      '${line}'`).join(' \\\n')} \\\n` +
        '      > /usr/local/bin/compile && chmod +x /usr/local/bin/compile',
    ]),
    stage('base', 'production', [
      'WORKDIR /image/app',
      ...copyManifests([...plan.packages, ...plan.manifests]),
      installPackages(plan.packages, ['--prod', '--no-optional', '--ignore-scripts']),
      'ARG SOURCE_DATE_EPOCH=0',
      `RUN ${[...prune, settleTimes].join(' \\\n && ')}`,
    ]),
    stage('compiler', 'libraries', [
      'COPY tsconfig.base.json ./',
      ...copyFolders(libraries),
      `RUN compile ${libraries.join(' ')}`,
    ]),
    stage('libraries', 'sources', [
      ...copyFolders(others),
      ...plan.manifests.flatMap(manifestFiles).map((path) => `COPY ${path} ${path}`),
      'ARG SOURCE_DATE_EPOCH=0',
      `RUN compile ${[...others, ...plan.manifests].join(' ')} \\\n` +
        ` && chmod +x /image/app/apps/cli/dist/src/main.js \\\n && ${install.join(' \\\n && ')}`,
    ]),
    stage('${NODE_IMAGE}', 'runtime', [
      'ENV NODE_ENV=production',
      'COPY --from=production /image /',
      'COPY --from=sources /image /',
      'WORKDIR /app',
      `USER ${imageUser}`,
      ...runtimeInstructions(plan, plan.command),
    ]),
  ]);
}

function copyFolders(folders: readonly string[]): string[] {
  return folders.map((folder) => `COPY ${folder} ${folder}`);
}
