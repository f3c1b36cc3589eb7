import { baseStage, copyManifests, installPackages, settleTimes, stage } from './dockerfile.ts';
import type { ImagePlan } from './image-plan.ts';

/** From the base to the built application: manifests, install, shared packages, and its own sources last. */
export function buildStages(plan: ImagePlan): string[] {
  const { folder, buildPackages, buildVariables } = plan;
  const shared = buildPackages.filter((other) => other !== folder);
  return [
    baseStage(),
    stage('base', 'dependencies', [...copyManifests(buildPackages), installPackages(['.', ...buildPackages], [])]),
    stage('dependencies', 'libraries', [
      // The manifest again: a repository without a shared compiler configuration has no file of the other name.
      'COPY package.json tsconfig*.json ./',
      ...shared.map((other) => `COPY ${other} ${other}`),
      ...(shared.length === 0
        ? []
        : [`RUN pnpm ${shared.map((other) => `--filter=./${other}`).join(' ')} --if-present run build`]),
    ]),
    stage('libraries', 'sources', [
      `COPY ${folder} ${folder}`,
      ...buildVariables.map(({ name, value }) => `ENV ${name}="${value.replaceAll(/[\\"$]/g, String.raw`\$&`)}"`),
      `RUN pnpm --filter=./${folder} run build`,
    ]),
  ];
}

/** Dependencies that are needed while running, in the folders in which they are looked for. */
export function productionStage(plan: ImagePlan): string {
  return stage('base', 'production', [
    'WORKDIR /image/app',
    ...copyManifests(plan.packages),
    installPackages(plan.packages, ['--prod']),
    'ARG SOURCE_DATE_EPOCH=0',
    `RUN rm -rf pnpm-lock.yaml pnpm-workspace.yaml node_modules/.modules.yaml node_modules/.pnpm-workspace-state*.json \\\n && ${settleTimes}`,
  ]);
}

/** Something that a build leaves, and where it goes; what is not optional must be there. */
export interface Output {
  readonly from: string;
  readonly to: string;
  readonly optional?: boolean;
}

/** Puts what was built below /image, with fixed times, in a stage of its own. */
export function collectStage(outputs: readonly Output[]): string {
  const copies = outputs.map(({ from, to, optional = false }) => {
    const copy = `mkdir -p ${to} && cp -R ${from}/. ${to}`;
    return optional ? `if [ -d ${from} ]; then ${copy}; fi` : copy;
  });
  return stage('sources', 'output', ['ARG SOURCE_DATE_EPOCH=0', `RUN ${[...copies, settleTimes].join(' \\\n && ')}`]);
}
