import type { ResolvedPlatform } from '../../model/platform-model.ts';
import { hasGitOps, imageTagsPath } from '../kubernetes/gitops-layout.ts';
import { mainBranch, scriptFolder } from './layout.ts';
import {
  buildImage,
  checkout,
  findAffected,
  gitOpsVariables,
  renderPlatform,
  setUpBuildx,
  setUpNode,
  signImage,
  signInToRegistry,
  type Flavour,
} from './steps.ts';
import type { Job, Permissions, Step, Workflow } from './workflow.ts';

/**
 * Builds what changed since the commit that the first environment was last given, and gives it that. Runs go one after
 * another; one that was skipped because a newer one waits is made up for by that one, as are failed ones. Where no
 * GitOps repository says what is deployed, all images are built, mostly from the cache.
 */
export function mainWorkflow(platform: ResolvedPlatform, flavour: Flavour): Workflow {
  return {
    name: 'main',
    on: { push: { branches: [mainBranch] } },
    concurrency: { group: 'main', 'cancel-in-progress': false },
    jobs: {
      test: testJob(),
      changes: changesJob(platform),
      images: imagesJob(platform, flavour),
      ...(hasGitOps(platform) ? { write: writeJob(platform) } : {}),
    },
  };
}

function testJob(): Job {
  return {
    name: 'All tests',
    permissions: { contents: 'read' },
    minutes: 40,
    steps: [checkout(), ...setUpNode(), { name: 'Test', run: 'npm test' }],
  };
}

function changesJob(platform: ResolvedPlatform): Job {
  return {
    name: 'Affected images',
    permissions: { contents: 'read' },
    minutes: 5,
    outputs: { images: '${{ steps.affected.outputs.images }}' },
    steps: [
      checkout(true),
      ...(hasGitOps(platform)
        ? [findDeployed(platform), findAffected({ BASE: '${{ steps.deployed.outputs.revision }}' })]
        : [findAffected({ BASE: '' })]),
    ],
  };
}

function findDeployed(platform: ResolvedPlatform): Step {
  return {
    name: 'Find what is deployed',
    id: 'deployed',
    env: gitOpsVariables(platform),
    run: [
      `revision=$(bash ${scriptFolder}/gitops.sh revision ${imageTagsPath(platform)})`,
      'echo "revision=$revision" >>"$GITHUB_OUTPUT"',
    ].join('\n'),
  };
}

function imagesJob(platform: ResolvedPlatform, flavour: Flavour): Job {
  const permissions: Permissions =
    flavour === 'github' ? { contents: 'read', packages: 'write', 'id-token': 'write' } : { contents: 'read' };
  return {
    name: 'Image ${{ matrix.name }}',
    needs: ['test', 'changes'],
    if: "needs.changes.outputs.images != '[]'",
    permissions,
    strategy: { 'fail-fast': false, matrix: { include: '${{ fromJSON(needs.changes.outputs.images) }}' } },
    minutes: 40,
    steps: [
      checkout(),
      ...setUpNode(),
      renderPlatform(),
      setUpBuildx(),
      signInToRegistry(platform),
      buildImage(flavour, true),
      ...signImage(flavour),
    ],
  };
}

/** The only writer of the first environment's tags. An only environment is written after approval. */
function writeJob(platform: ResolvedPlatform): Job {
  const { environment } = platform;
  const only = platform.environments.length === 1;
  return {
    name: `Deploy to ${environment}`,
    needs: ['changes', 'images'],
    ...(only ? { environment } : {}),
    concurrency: { group: 'gitops', 'cancel-in-progress': false },
    permissions: { contents: 'read' },
    minutes: 10,
    steps: [
      checkout(),
      {
        name: 'Write the image tags',
        env: { ...gitOpsVariables(platform), IMAGES: '${{ needs.changes.outputs.images }}' },
        run: [
          'mapfile -t repositories < <(jq --raw-output \'.[].repository\' <<<"$IMAGES")',
          `bash ${scriptFolder}/gitops.sh set ${imageTagsPath(platform)} "$GITHUB_SHA" "$GITHUB_SHA" "\${repositories[@]}"`,
        ].join('\n'),
      },
    ],
  };
}
