import type { ResolvedPlatform } from '../../model/platform-model.ts';
import { hasGitOps, imageTagsPath } from '../kubernetes/gitops-layout.ts';
import { mainBranch, scriptFolder } from './layout.ts';
import { checkout, gitOpsVariables, setUpBuildx, setUpNode, signInToRegistry } from './steps.ts';
import type { Job, Workflow } from './workflow.ts';

/**
 * Gives what the last environment runs a semantic version: a tag, a release with its changelog, and the same images
 * under the version. Nothing is built again.
 */
export function releaseWorkflow(platform: ResolvedPlatform): Workflow {
  return {
    name: 'release',
    on: { workflow_dispatch: {} },
    concurrency: { group: 'release', 'cancel-in-progress': false },
    jobs: { version: versionJob(platform), images: imagesJob(platform), publish: publishJob() },
  };
}

function versionJob(platform: ResolvedPlatform): Job {
  return {
    name: 'Next version',
    if: `github.ref == 'refs/heads/${mainBranch}'`,
    permissions: { contents: 'read' },
    minutes: 5,
    outputs: {
      version: '${{ steps.next.outputs.version }}',
      revision: '${{ steps.deployed.outputs.revision }}',
      images: '${{ steps.images.outputs.images }}',
    },
    steps: [
      checkout(true),
      ...setUpNode(),
      {
        name: 'Find what is deployed',
        id: 'deployed',
        env: gitOpsVariables(platform),
        run: [
          hasGitOps(platform)
            ? `revision=$(bash ${scriptFolder}/gitops.sh revision ${imageTagsPath(platform)})`
            : 'revision=$GITHUB_SHA',
          `test -n "$revision" || { echo 'Nothing is deployed to ${platform.environment} yet.' >&2; exit 1; }`,
          'git checkout --quiet --detach "$revision"',
          'echo "revision=$revision" >>"$GITHUB_OUTPUT"',
        ].join('\n'),
      },
      {
        name: 'Count the commits',
        id: 'next',
        run: `node ${scriptFolder}/next-version.mjs "$RUNNER_TEMP" >>"$GITHUB_OUTPUT"\ncat "$RUNNER_TEMP/changelog.md" >>"$GITHUB_STEP_SUMMARY"`,
      },
      { name: 'List the images', id: 'images', run: `node ${scriptFolder}/affected-images.mjs >>"$GITHUB_OUTPUT"` },
    ],
  };
}

function imagesJob(platform: ResolvedPlatform): Job {
  return {
    name: 'Name ${{ matrix.name }}',
    needs: ['version'],
    if: "needs.version.outputs.version != ''",
    permissions: { contents: 'read', packages: 'write' },
    strategy: { 'fail-fast': false, matrix: { include: '${{ fromJSON(needs.version.outputs.images) }}' } },
    minutes: 10,
    steps: [
      checkout(),
      setUpBuildx(),
      signInToRegistry(platform),
      {
        name: 'Name the deployed image',
        env: {
          ...gitOpsVariables(platform),
          REPOSITORY: '${{ matrix.repository }}',
          VERSION: '${{ needs.version.outputs.version }}',
        },
        run: [
          hasGitOps(platform)
            ? `tag=$(bash ${scriptFolder}/gitops.sh tag ${imageTagsPath(platform)} "$REPOSITORY")`
            : 'tag=$GITHUB_SHA',
          'docker buildx imagetools create --tag "$REPOSITORY:$VERSION" "$REPOSITORY:$tag"',
        ].join('\n'),
      },
    ],
  };
}

function publishJob(): Job {
  return {
    name: 'Publish',
    needs: ['version', 'images'],
    permissions: { contents: 'write' },
    minutes: 5,
    steps: [
      {
        name: 'Check out',
        uses: checkout().uses!,
        with: { ...checkout(true).with, ref: '${{ needs.version.outputs.revision }}' },
      },
      ...setUpNode().slice(0, 1),
      {
        name: 'Write the release',
        env: {
          GH_TOKEN: '${{ secrets.GITHUB_TOKEN }}',
          VERSION: '${{ needs.version.outputs.version }}',
          REVISION: '${{ needs.version.outputs.revision }}',
        },
        run: [
          `node ${scriptFolder}/next-version.mjs "$RUNNER_TEMP"`,
          'gh release create "$VERSION" --target "$REVISION" --title "$VERSION" --notes-file "$RUNNER_TEMP/changelog.md"',
        ].join('\n'),
      },
    ],
  };
}
