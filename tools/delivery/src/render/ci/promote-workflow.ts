import type { ResolvedPlatform } from '../../model/platform-model.ts';
import { hasGitOps, imageTagsPath } from '../kubernetes/gitops-layout.ts';
import { mainBranch, scriptFolder } from './layout.ts';
import { checkout, gitOpsVariables } from './steps.ts';
import type { CallJob, Job, Workflow } from './workflow.ts';

/**
 * From each environment to the next, with what the one before runs: by itself, and to the last one after somebody
 * approved. A newer change ends a promotion that still waits. Undefined: there is only one environment.
 */
export function promoteWorkflow(environments: readonly ResolvedPlatform[]): Workflow | undefined {
  const [first, ...rest] = environments;
  if (first === undefined || rest.length === 0 || !hasGitOps(first)) return undefined;
  const jobs: Record<string, Job | CallJob> = {};
  let before: string | undefined;
  const add = (name: string, job: (after: string | undefined) => Job | CallJob): void => {
    jobs[name] = job(before);
    before = name;
  };
  // Nobody but its own machine can ask an environment of the domain localhost.
  if (isReachable(first)) add(`smoke-${first.environment}`, (after) => smokeJob(first, after));
  for (const [index, to] of rest.entries()) {
    const from = environments[index]!;
    const last = index === rest.length - 1;
    // What was tested before production is tested under load as well.
    if (last && isReachable(from)) add(`load-${from.environment}`, (after) => loadJob(from, after));
    if (last) add(`approve-${to.environment}`, (after) => approveJob(to, after));
    add(`write-${to.environment}`, (after) => writeJob(from, to, after));
    if (isReachable(to)) add(`smoke-${to.environment}`, (after) => smokeJob(to, after));
  }
  return {
    name: 'promote',
    on: { workflow_run: { workflows: ['main'], types: ['completed'], branches: [mainBranch] }, workflow_dispatch: {} },
    concurrency: { group: 'promote', 'cancel-in-progress': true },
    jobs,
  };
}

/** Address of an environment's gateway, or of the first page that everybody may open. */
export function gatewayAddress({ scheme, domain, routes }: ResolvedPlatform): string {
  const route =
    routes.find(({ workload }) => workload === 'gateway') ?? routes.find((page) => page.public && page.path === '/');
  return `${scheme}://${route?.host ?? domain}`;
}

/** Whether a machine elsewhere can ask the environment. */
export function isReachable({ domain }: ResolvedPlatform): boolean {
  return domain !== 'localhost' && !domain.endsWith('.localhost');
}

/** What the first job waits for: the pipeline that delivers to the first environment; the others wait for a job. */
function startOf(after: string | undefined): Pick<Job, 'needs' | 'if'> {
  return after === undefined
    ? { if: "github.event_name == 'workflow_dispatch' || github.event.workflow_run.conclusion == 'success'" }
    : { needs: [after] };
}

function smokeJob(platform: ResolvedPlatform, after: string | undefined): Job {
  return {
    name: `Smoke test of ${platform.environment}`,
    ...startOf(after),
    permissions: { contents: 'read' },
    minutes: 20,
    steps: [checkout(), { name: 'Ask it', run: `bash ${scriptFolder}/smoke.sh ${gatewayAddress(platform)}` }],
  };
}

function loadJob({ environment }: ResolvedPlatform, after: string | undefined): CallJob {
  return {
    name: `Load test of ${environment}`,
    ...startOf(after),
    permissions: { contents: 'read' },
    uses: './.github/workflows/load-test.yml',
    with: { environment },
  };
}

/** Waits for the reviewers of the environment. It writes nothing: a job that waits must not hold up the writers. */
function approveJob({ environment }: ResolvedPlatform, after: string | undefined): Job {
  return {
    name: `Approval of ${environment}`,
    ...startOf(after),
    environment,
    permissions: {},
    minutes: 5,
    steps: [{ name: 'Approved', run: `echo "Approved for ${environment}."` }],
  };
}

function writeJob(from: ResolvedPlatform, to: ResolvedPlatform, after: string | undefined): Job {
  return {
    name: `Deploy to ${to.environment}`,
    ...startOf(after),
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
