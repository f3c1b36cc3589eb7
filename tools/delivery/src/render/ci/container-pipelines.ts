import type { ResolvedPlatform } from '../../model/platform-model.ts';
import { renderYamlDocuments, renderYaml } from '../yaml.ts';
import { registryHost } from './built-images.ts';
import { hasGitOps, imageTagsPath } from '../kubernetes/gitops-layout.ts';
import { mainBranch, renderedFolder, scriptFolder } from './layout.ts';

const nodeImage = 'node:24.21.0-bookworm';
const buildkitImage = 'moby/buildkit:v0.28.0';

interface ContainerStep {
  readonly name: string;
  readonly image: string;
  readonly privileged?: boolean;
  readonly commands: readonly string[];
  /** Variable → name of the server's secret. */
  readonly secrets?: Readonly<Record<string, string>>;
  readonly variables?: Readonly<Record<string, string>>;
}

/** Drone: pull requests are checked; the main branch is tested, built and written to the first environment. */
export function renderDrone(platform: ResolvedPlatform): string {
  const pipeline = (name: string, event: string, steps: readonly ContainerStep[]) => ({
    kind: 'pipeline',
    type: 'docker',
    name,
    trigger: { event: [event], ...(event === 'push' ? { branch: [mainBranch] } : {}) },
    ...(event === 'push' ? { concurrency: { limit: 1 } } : {}),
    clone: { depth: 0 },
    steps: steps.map(({ secrets = {}, variables = {}, ...step }) => {
      const fromSecrets = Object.entries(secrets).map(([variable, secret]) => [variable, { from_secret: secret }]);
      const environment = { ...variables, ...Object.fromEntries(fromSecrets) };
      return { ...step, ...(Object.keys(environment).length === 0 ? {} : { environment }) };
    }),
  });
  return renderYamlDocuments([
    pipeline('pull-request', 'pull_request', checkSteps('$DRONE_COMMIT_BEFORE')),
    pipeline('main', 'push', mainSteps(platform, '$DRONE_COMMIT_SHA')),
  ]);
}

/** Woodpecker, one file for each pipeline: the same steps, with its own names for events and secrets. */
export function renderWoodpecker(
  platform: ResolvedPlatform,
): readonly { readonly name: string; readonly content: string }[] {
  const workflow = (event: string, steps: readonly ContainerStep[]) =>
    renderYaml({
      when: [event === 'push' ? { event, branch: mainBranch } : { event }],
      clone: [{ name: 'clone', image: 'woodpeckerci/plugin-git:2.9.2', settings: { partial: false, depth: 0 } }],
      steps: steps.map(({ secrets = {}, variables = {}, ...step }) => {
        const fromSecrets = Object.entries(secrets).map(([variable, secret]) => [variable, { from_secret: secret }]);
        const environment = { ...variables, ...Object.fromEntries(fromSecrets) };
        return { ...step, ...(Object.keys(environment).length === 0 ? {} : { environment }) };
      }),
    });
  return [
    { name: 'pull-request.yaml', content: workflow('pull_request', checkSteps('origin/$CI_COMMIT_TARGET_BRANCH')) },
    { name: 'main.yaml', content: workflow('push', mainSteps(platform, '$CI_COMMIT_SHA')) },
  ];
}

function checkSteps(base: string): ContainerStep[] {
  return [
    {
      name: 'check',
      image: nodeImage,
      commands: [
        `bash ${scriptFolder}/check-commits.sh "${base}"`,
        'npm run --silent typecheck',
        'npm run --silent lint',
        'npm run --silent format -- --check',
        'npm run --silent plinth -- check',
      ],
    },
    { name: 'test', image: nodeImage, commands: ['npm test'] },
  ];
}

function mainSteps(platform: ResolvedPlatform, commit: string): ContainerStep[] {
  const file = imageTagsPath(platform);
  const gitOps = { GITOPS_REPOSITORY: platform.gitOps.repository, GITOPS_BRANCH: platform.gitOps.branch };
  const token = { GITOPS_TOKEN: 'gitops_token' };
  const writeStep: ContainerStep = {
    name: 'write',
    image: nodeImage,
    variables: gitOps,
    secrets: token,
    commands: [
      `node ${scriptFolder}/list-affected.mjs affected.txt >repositories.txt`,
      `xargs --no-run-if-empty bash ${scriptFolder}/gitops.sh set ${file} "${commit}" "${commit}" <repositories.txt`,
    ],
  };
  return [
    { name: 'test', image: nodeImage, commands: ['npm test'] },
    {
      name: 'changes',
      image: nodeImage,
      variables: gitOps,
      secrets: token,
      commands: [
        ...(hasGitOps(platform) ? [`revision=$(bash ${scriptFolder}/gitops.sh revision ${file})`] : []),
        `node ${scriptFolder}/affected-images.mjs${hasGitOps(platform) ? ' "$revision"' : ''} >affected.txt`,
        `npm run --silent plinth -- render --all --out ${renderedFolder}`,
      ],
    },
    {
      name: 'images',
      image: buildkitImage,
      // BuildKit makes containers of its own.
      privileged: true,
      variables: { REGISTRY: registryHost(platform) },
      secrets: { REGISTRY_USERNAME: 'registry_username', REGISTRY_PASSWORD: 'registry_password' },
      commands: [`sh ${scriptFolder}/build-images.sh affected.txt "${commit}"`],
    },
    ...(hasGitOps(platform) ? [writeStep] : []),
  ];
}
