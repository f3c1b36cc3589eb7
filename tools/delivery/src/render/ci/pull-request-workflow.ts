import type { ResolvedPlatform } from '../../model/platform-model.ts';
import { pinAction } from './action-pins.ts';
import { mainBranch, renderedFolder, scriptFolder } from './layout.ts';
import { buildImage, checkout, findAffected, renderPlatform, setUpBuildx, setUpNode, type Flavour } from './steps.ts';
import type { Job, Workflow } from './workflow.ts';

const pullRequestBase = { BASE: '${{ github.event.pull_request.base.sha }}' };
const read = { contents: 'read' } as const;

/** What must be green before a change is merged; a newer push ends the run of an older one. */
export function pullRequestWorkflow(_platform: ResolvedPlatform, flavour: Flavour): Workflow {
  const github = flavour === 'github';
  return {
    name: 'pull-request',
    on: { pull_request: { branches: [mainBranch] } },
    concurrency: { group: 'pull-request-${{ github.event.pull_request.number }}', 'cancel-in-progress': true },
    jobs: {
      changes: changesJob(),
      commits: commitsJob(),
      check: checkJob(),
      test: testJob(),
      rendered: renderedJob(),
      images: imagesJob(flavour),
      vulnerabilities: vulnerabilitiesJob(github),
      ...(github ? { dependencies: dependenciesJob() } : {}),
    },
  };
}

function changesJob(): Job {
  return {
    name: 'Affected packages',
    permissions: read,
    minutes: 5,
    outputs: {
      images: '${{ steps.affected.outputs.images }}',
      packages: '${{ steps.affected.outputs.packages }}',
    },
    steps: [checkout(true), findAffected(pullRequestBase)],
  };
}

function commitsJob(): Job {
  return {
    name: 'Commit messages',
    permissions: read,
    minutes: 5,
    steps: [
      checkout(true),
      { name: 'Check commit messages', env: pullRequestBase, run: `bash ${scriptFolder}/check-commits.sh "$BASE"` },
    ],
  };
}

function checkJob(): Job {
  return {
    name: 'Types, lint and format',
    permissions: read,
    minutes: 20,
    steps: [
      checkout(),
      ...setUpNode(),
      { name: 'Check types', run: 'npm run --silent typecheck' },
      { name: 'Lint', run: 'npm run --silent lint' },
      { name: 'Check format', run: 'npm run --silent format -- --check' },
    ],
  };
}

function testJob(): Job {
  return {
    name: 'Tests of affected packages',
    needs: ['changes'],
    if: "needs.changes.outputs.packages != ''",
    permissions: read,
    minutes: 30,
    steps: [
      checkout(),
      ...setUpNode(),
      {
        name: 'Test',
        env: { PACKAGES: '${{ needs.changes.outputs.packages }}' },
        run: 'read -r -a folders <<<"$PACKAGES"\nnpm test -- "${folders[@]/%//}"',
      },
    ],
  };
}

function renderedJob(): Job {
  return {
    name: 'Description and everything rendered',
    permissions: read,
    minutes: 20,
    steps: [
      checkout(),
      ...setUpNode(),
      { name: 'Check the description', run: 'npm run --silent plinth -- check' },
      renderPlatform(),
      { name: 'Validate what was rendered', run: `bash ${scriptFolder}/validate-rendered.sh ${renderedFolder}` },
    ],
  };
}

function imagesJob(flavour: Flavour): Job {
  return {
    name: 'Image ${{ matrix.name }}',
    needs: ['changes'],
    if: "needs.changes.outputs.images != '[]'",
    permissions: read,
    strategy: { 'fail-fast': false, matrix: { include: '${{ fromJSON(needs.changes.outputs.images) }}' } },
    minutes: 30,
    steps: [checkout(), ...setUpNode(), renderPlatform(), setUpBuildx(), buildImage(flavour, false)],
  };
}

function vulnerabilitiesJob(github: boolean): Job {
  return {
    name: 'Known vulnerabilities',
    permissions: github ? { contents: 'read', 'security-events': 'write' } : read,
    minutes: 15,
    steps: [
      checkout(),
      {
        name: 'Scan the files',
        uses: pinAction('aquasecurity/trivy-action'),
        with: {
          'scan-type': 'fs',
          'scan-ref': '.',
          format: github ? 'sarif' : 'table',
          ...(github ? { output: 'trivy.sarif', 'limit-severities-for-sarif': true } : {}),
          severity: 'HIGH,CRITICAL',
          'ignore-unfixed': true,
          'exit-code': '1',
        },
      },
      ...(github ? [uploadFindings] : []),
    ],
  };
}

const uploadFindings = {
  name: 'Upload the findings',
  // Findings matter most when the scan failed; a fork's token may not upload them.
  if: '!cancelled() && github.event.pull_request.head.repo.full_name == github.repository',
  uses: pinAction('github/codeql-action/upload-sarif'),
  with: { sarif_file: 'trivy.sarif', category: 'trivy-fs' },
} as const;

function dependenciesJob(): Job {
  return {
    name: 'New dependencies',
    permissions: read,
    minutes: 5,
    steps: [
      checkout(),
      {
        name: 'Review new dependencies',
        uses: pinAction('actions/dependency-review-action'),
        with: { 'fail-on-severity': 'high' },
      },
    ],
  };
}
