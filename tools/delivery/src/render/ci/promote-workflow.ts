import type { ResolvedPlatform } from '../../model/platform-model.ts';
import { imageTagsPath } from '../kubernetes/gitops-layout.ts';
import { mainBranch, scriptFolder } from './layout.ts';
import { checkout, gitOpsVariables } from './steps.ts';
import type { CallJob, Job, Workflow } from './workflow.ts';

/**
 * From each environment to the next, with what the one before runs: by itself, and to the last one after somebody
 * approved. A newer change ends a promotion that still waits. Undefined: there is only one environment.
 */
export function promoteWorkflow(environments: readonly ResolvedPlatform[]): Workflow | undefined {
  const [first, ...rest] = environments;
  if (first === undefined || rest.length === 0) return undefined;
  const jobs: Record<string, Job | CallJob> = { [`smoke-${first.environment}`]: smokeJob(first, undefined) };
  for (const [index, to] of rest.entries()) {
    const from = environments[index]!;
    const last = index === rest.length - 1;
    // What was tested before production is tested under load as well.
    if (last) jobs[`load-${from.environment}`] = loadJob(from);
    const after = last ? `load-${from.environment}` : `smoke-${from.environment}`;
    if (last) jobs[`approve-${to.environment}`] = approveJob(to, after);
    jobs[`write-${to.environment}`] = writeJob(from, to, last ? `approve-${to.environment}` : after);
    jobs[`smoke-${to.environment}`] = smokeJob(to, `write-${to.environment}`);
  }
  return {
    name: 'promote',
    on: { workflow_run: { workflows: ['main'], types: ['completed'], branches: [mainBranch] }, workflow_dispatch: {} },
    concurrency: { group: 'promote', 'cancel-in-progress': true },
    jobs,
  };
}

/** Address of an environment's gateway. */
export function gatewayAddress({ scheme, domain, routes }: ResolvedPlatform): string {
  const host = routes.find(({ workload }) => workload === 'gateway')?.host ?? domain;
  return `${scheme}://${host}`;
}

function smokeJob(platform: ResolvedPlatform, after: string | undefined): Job {
  return {
    name: `Smoke test of ${platform.environment}`,
    ...(after === undefined
      ? { if: "github.event_name == 'workflow_dispatch' || github.event.workflow_run.conclusion == 'success'" }
      : { needs: [after] }),
    permissions: { contents: 'read' },
    minutes: 20,
    steps: [checkout(), { name: 'Ask it', run: `bash ${scriptFolder}/smoke.sh ${gatewayAddress(platform)}` }],
  };
}

function loadJob({ environment }: ResolvedPlatform): CallJob {
  return {
    name: `Load test of ${environment}`,
    needs: [`smoke-${environment}`],
    permissions: { contents: 'read' },
    uses: './.github/workflows/load-test.yml',
    with: { environment },
  };
}

/** Waits for the reviewers of the environment. It writes nothing: a job that waits must not hold up the writers. */
function approveJob({ environment }: ResolvedPlatform, after: string): Job {
  return {
    name: `Approval of ${environment}`,
    needs: [after],
    environment,
    permissions: {},
    minutes: 5,
    steps: [{ name: 'Approved', run: `echo "Approved for ${environment}."` }],
  };
}

function writeJob(from: ResolvedPlatform, to: ResolvedPlatform, after: string): Job {
  return {
    name: `Deploy to ${to.environment}`,
    needs: [after],
    concurrency: { group: 'gitops', 'cancel-in-progress': false },
    permissions: { contents: 'read' },
    minutes: 10,
    steps: [
      checkout(),
      {
        name: 'Write the image tags',
        env: gitOpsVariables(to),
        run: `bash ${scriptFolder}/gitops.sh copy ${imageTagsPath(from)} ${imageTagsPath(to)}`,
      },
    ],
  };
}
