import { renderYaml } from '../yaml.ts';
import { annotatePins } from './action-pins.ts';

/** What a token may do in one job; what is not named is not allowed. */
export type Permissions = Readonly<
  Partial<Record<'contents' | 'packages' | 'id-token' | 'security-events' | 'pull-requests', 'read' | 'write'>>
>;

export interface Step {
  readonly name: string;
  readonly id?: string;
  readonly if?: string;
  readonly uses?: string;
  readonly with?: Readonly<Record<string, string | number | boolean>>;
  readonly env?: Readonly<Record<string, string>>;
  /** Values of events and secrets come in through `env`, never by `${{ }}` inside the command. */
  readonly run?: string;
}

export interface Job {
  readonly name: string;
  readonly needs?: readonly string[];
  readonly if?: string;
  readonly environment?: string;
  readonly concurrency?: Concurrency;
  readonly permissions: Permissions;
  readonly strategy?: { readonly 'fail-fast': boolean; readonly matrix: Readonly<Record<string, string>> };
  readonly outputs?: Readonly<Record<string, string>>;
  readonly runner?: string;
  readonly minutes: number;
  readonly steps: readonly Step[];
}

/** A job that is another workflow of this repository. */
export interface CallJob {
  readonly name: string;
  readonly needs?: readonly string[];
  readonly if?: string;
  readonly permissions: Permissions;
  readonly uses: `./.github/workflows/${string}.yml`;
  readonly with?: Readonly<Record<string, string>>;
}

export interface Concurrency {
  readonly group: string;
  readonly 'cancel-in-progress': boolean;
}

export interface Workflow {
  readonly name: string;
  readonly on: Readonly<Record<string, unknown>>;
  readonly concurrency: Concurrency;
  readonly jobs: Readonly<Record<string, Job | CallJob>>;
}

const strictShell = { run: { shell: 'bash' } };

/** A workflow as GitHub and Gitea read it. `shell: bash` stops at the first failing command, pipes included. */
export function renderWorkflow({ name, on, concurrency, jobs }: Workflow): string {
  const rendered = Object.fromEntries(Object.entries(jobs).map(([id, job]) => [id, toYaml(job)]));
  return annotatePins(renderYaml({ name, on, permissions: {}, concurrency, defaults: strictShell, jobs: rendered }));
}

function toYaml(job: Job | CallJob): Record<string, unknown> {
  if ('uses' in job) return { ...job };
  const { minutes, runner = 'ubuntu-24.04', steps, ...rest } = job;
  const { name, needs, if: condition, environment, ...others } = rest;
  return {
    name,
    ...(needs === undefined ? {} : { needs }),
    ...(condition === undefined ? {} : { if: condition }),
    ...(environment === undefined ? {} : { environment }),
    'runs-on': runner,
    'timeout-minutes': minutes,
    ...others,
    steps,
  };
}
