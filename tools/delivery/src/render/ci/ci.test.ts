import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { actionPins } from './action-pins.ts';
import { manifestFiles } from '../image/workspace-packages.ts';
import { listBuiltImages } from './built-images.ts';
import { renderCi } from './ci.ts';
import { buildRenderInput } from './platform.builders.ts';

const artifacts = renderCi(buildRenderInput());
const workflows = artifacts.filter(({ path }) => /^\.git(hub|ea)\/workflows\//.test(path));

interface ParsedStep {
  readonly uses?: string;
  readonly run?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly with?: Readonly<Record<string, unknown>>;
}

interface ParsedJob {
  readonly permissions?: Readonly<Record<string, string>>;
  readonly 'timeout-minutes'?: number;
  readonly uses?: string;
  readonly steps?: readonly ParsedStep[];
  readonly needs?: readonly string[];
  readonly environment?: string;
}

interface ParsedWorkflow {
  readonly permissions: unknown;
  readonly concurrency: { readonly group: string; readonly 'cancel-in-progress': boolean };
  readonly jobs: Readonly<Record<string, ParsedJob>>;
}

function parseWorkflow(path: string): ParsedWorkflow {
  return parse(artifacts.find((artifact) => artifact.path === path)!.content) as ParsedWorkflow;
}

function allSteps(): ParsedStep[] {
  return workflows.flatMap(({ path }) => Object.values(parseWorkflow(path).jobs).flatMap(({ steps = [] }) => steps));
}

it('renders pipelines for every server, their scripts and the files of the repository', () => {
  expect(artifacts.map(({ path }) => path)).toEqual([
    '.ci/pipeline/affected-images.mjs',
    '.ci/pipeline/build-images.sh',
    '.ci/pipeline/check-commits.sh',
    '.ci/pipeline/gitops.sh',
    '.ci/pipeline/image-tags.mjs',
    '.ci/pipeline/images.json',
    '.ci/pipeline/list-affected.mjs',
    '.ci/pipeline/load.js',
    '.ci/pipeline/next-version.mjs',
    '.ci/pipeline/smoke.sh',
    '.ci/pipeline/validate-rendered.sh',
    '.devcontainer/devcontainer.json',
    '.drone.yml',
    '.gitea/workflows/main.yml',
    '.gitea/workflows/pull-request.yml',
    '.github/CODEOWNERS',
    '.github/pull_request_template.md',
    '.github/workflows/load-test.yml',
    '.github/workflows/main.yml',
    '.github/workflows/promote.yml',
    '.github/workflows/pull-request.yml',
    '.github/workflows/release.yml',
    '.woodpecker/main.yaml',
    '.woodpecker/pull-request.yaml',
  ]);
});

it('pins every foreign action to a commit of the table and says its version', () => {
  const lines = workflows.flatMap(({ content }) => content.split('\n').filter((line) => /\buses: [^.]/.test(line)));
  expect(lines.length).toBeGreaterThan(30);
  for (const line of lines) {
    const [, name = '', commit, version] = /uses: ([^@]+)@([0-9a-f]{40}) # (v\d+\.\d+\.\d+)$/.exec(line) ?? [];
    expect({ commit, version }, line).toEqual(actionPins[name as keyof typeof actionPins]);
  }
});

it('uses no tag that moves and never skips a run', () => {
  for (const { path, content } of artifacts) {
    expect(content, path).not.toMatch(/:latest\b|@main\b|@master\b|\[skip ci\]|\[ci skip\]|continue-on-error/);
  }
});

it('gives every job its own permissions and a limit of time', () => {
  for (const { path } of workflows) {
    const workflow = parseWorkflow(path);
    expect(workflow.permissions, path).toEqual({});
    for (const [name, job] of Object.entries(workflow.jobs)) {
      expect(job.permissions, `${path} ${name}`).toBeDefined();
      expect(job['timeout-minutes'] ?? job.uses, `${path} ${name}`).toBeDefined();
      // Only the job that makes the release writes to this repository.
      const writes = path.endsWith('release.yml') && name === 'publish';
      expect(job.permissions?.['contents'] === 'write', `${path} ${name}`).toBe(writes);
    }
  }
});

it('keeps no token in the work tree and puts nothing of an event or a secret into a command', () => {
  for (const step of allSteps()) {
    if (step.uses?.startsWith('actions/checkout@')) expect(step.with?.['persist-credentials']).toBe(false);
    expect(step.run ?? '').not.toContain('${{');
  }
});

it('ends the run of an older push to a pull request, and never one that writes', () => {
  expect(parseWorkflow('.github/workflows/pull-request.yml').concurrency['cancel-in-progress']).toBe(true);
  expect(parseWorkflow('.github/workflows/main.yml').concurrency['cancel-in-progress']).toBe(false);
});

it('promotes by itself until the last environment, which waits for an approval after the load test', () => {
  const { jobs } = parseWorkflow('.github/workflows/promote.yml');
  expect(Object.entries(jobs).map(([name, { needs = [] }]) => `${needs.join()} → ${name}`)).toEqual([
    ' → smoke-development',
    'smoke-development → write-staging',
    'write-staging → smoke-staging',
    'smoke-staging → load-staging',
    'load-staging → approve-production',
    'approve-production → write-production',
    'write-production → smoke-production',
  ]);
  expect(Object.entries(jobs).flatMap(([name, { environment }]) => (environment ? [name] : []))).toEqual([
    'approve-production',
  ]);
});

it('asks nothing of an environment that only its own machine can reach', () => {
  const { environments } = buildRenderInput();
  const local = environments.map((platform, index) => (index === 0 ? { ...platform, domain: 'localhost' } : platform));
  const rendered = renderCi({ platform: local[0]!, environments: local });
  const { jobs } = parse(
    rendered.find(({ path }) => path === '.github/workflows/promote.yml')!.content,
  ) as ParsedWorkflow;
  expect(Object.entries(jobs).map(([name, { needs = [] }]) => `${needs.join()} → ${name}`)).toEqual([
    ' → write-staging',
    'write-staging → smoke-staging',
    'smoke-staging → load-staging',
    'load-staging → approve-production',
    'approve-production → write-production',
    'write-production → smoke-production',
  ]);
  const load = rendered.find(({ path }) => path === '.github/workflows/load-test.yml')!;
  expect(load.content).not.toContain('development)');
});

it('writes no image tags where nothing that is rendered would read them', () => {
  const rendered = renderCi(buildRenderInput({ targets: ['ci', 'compose'] }));
  expect(rendered.map(({ path }) => path)).not.toContain('.github/workflows/promote.yml');
  for (const { path, content } of rendered.filter((artifact) => !artifact.path.startsWith('.ci/')))
    expect(content, path).not.toContain('gitops.sh');
});

it('asks the first page where there is no gateway', () => {
  const routes = [{ host: 'www.example.com', path: '/', public: true, workload: 'web' }] as never;
  const rendered = renderCi(buildRenderInput({ routes }));
  const content = (path: string) => rendered.find((artifact) => artifact.path === path)!.content;
  expect(content('.github/workflows/promote.yml')).toContain('smoke.sh https://www.example.com');
  expect(content('.ci/pipeline/smoke.sh')).not.toContain('/api/v1');
});

it('lets an only environment be approved, and has nothing to promote to', () => {
  const single = renderCi(buildRenderInput({ environments: ['production'] }));
  expect(single.map(({ path }) => path)).not.toContain('.github/workflows/promote.yml');
  const main = parse(single.find(({ path }) => path === '.github/workflows/main.yml')!.content) as ParsedWorkflow;
  expect(main.jobs['write']?.environment).toBe('production');
});

it('signs in to the registry of GitHub with the token of the run', () => {
  const artifact = renderCi(buildRenderInput({ registry: 'ghcr.io/team' })).find(
    ({ path }) => path === '.github/workflows/main.yml',
  );
  expect(artifact!.content).toContain('password: ${{ secrets.GITHUB_TOKEN }}');
});

it('renders the same from any environment', () => {
  const { environments } = buildRenderInput();
  expect(renderCi({ platform: environments[2]!, environments })).toEqual(artifacts);
});

it('lists each image once, with the packages that go into it', () => {
  const { environments } = buildRenderInput();
  const core = ['apps/cli', 'apps/server', 'libs/common', 'libs/contracts'];
  expect(listBuiltImages(environments)).toEqual(
    [
      ['gateway', core],
      ['iam', [...core, 'services/iam']],
      ['metering', [...core, 'services/metering']],
      ['migrate', [...core, 'services/iam', 'services/metering']],
      ['web', ['apps/web', 'libs/contracts']],
    ].map(([name, packages]) => ({
      name,
      repository: `registry.example.com/team/${String(name)}`,
      dockerfile: `deploy/images/${String(name)}/Dockerfile`,
      packages,
      ...(name === 'gateway'
        ? { files: ['iam', 'metering'].flatMap((service) => manifestFiles(`services/${service}`)) }
        : {}),
    })),
  );
});
