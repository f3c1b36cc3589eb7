import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { renderPipelineScripts } from '../pipeline-scripts.ts';
import { buildRenderInput } from '../platform.builders.ts';

const run = promisify(execFile);
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'plinth-pipeline-'));
  for (const { path, content } of renderPipelineScripts(buildRenderInput().environments)) await write(path, content);
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function write(path: string, content: string): Promise<void> {
  await mkdir(dirname(join(folder, path)), { recursive: true });
  await writeFile(join(folder, path), content);
}

async function git(...words: string[]): Promise<string> {
  const identity = ['-c', 'user.name=t', '-c', 'user.email=t@example.com', '-c', 'core.hooksPath=/dev/null'];
  return (await run('git', [...identity, ...words], { cwd: folder })).stdout.trim();
}

async function commit(subject: string): Promise<string> {
  await git('add', '--all');
  await git('commit', '--quiet', '--allow-empty', '--message', subject);
  return git('rev-parse', 'HEAD');
}

function node(...words: string[]): Promise<{ stdout: string; stderr: string }> {
  return run(process.execPath, words, { cwd: folder });
}

/** contracts ← common ← iam, metering ← server ← cli; common ← web; testing is for tests of metering only. */
async function createWorkspace(): Promise<string> {
  const packages: Readonly<Record<string, { run?: readonly string[]; development?: readonly string[] }>> = {
    'libs/contracts': {},
    'libs/common': { run: ['contracts'] },
    'libs/testing': { run: ['common'] },
    'libs/unused': {},
    'services/iam': { run: ['common'] },
    'services/metering': { run: ['common'], development: ['testing'] },
    'apps/server': { run: ['iam', 'metering'] },
    'apps/cli': { run: ['server'] },
    'apps/web': { run: ['contracts'] },
  };
  const table = (names: readonly string[] = []) => Object.fromEntries(names.map((name) => [`@plinth/${name}`, '*']));
  for (const [path, { run: needed, development }] of Object.entries(packages)) {
    const name = `@plinth/${path.split('/')[1]}`;
    const json = { name, dependencies: table(needed), devDependencies: table(development) };
    await write(`${path}/package.json`, JSON.stringify(json));
    await write(`${path}/src/index.ts`, 'export {};\n');
  }
  await write('pnpm-workspace.yaml', 'packages:\n  - libs/*\n  # services\n  - services/*\n  - apps/*\n  - bench\n');
  await write('package.json', '{"name":"root"}');
  await git('init', '--quiet', '--initial-branch', 'main');
  return commit('chore: begin');
}

async function affectedBy(path: string): Promise<{ images: string[]; packages: string[] }> {
  const base = await createWorkspace();
  await write(path, `// ${path}\n`);
  await commit('fix: change');
  return readAffected((await node('.ci/pipeline/affected-images.mjs', base)).stdout);
}

function readAffected(output: string): { images: string[]; packages: string[] } {
  const images = JSON.parse(/^images=(.*)$/m.exec(output)![1]!) as { name: string }[];
  const packages = /^packages=(.*)$/m.exec(output)![1]!;
  return { images: images.map(({ name }) => name), packages: packages === '' ? [] : packages.split(' ') };
}

it.each([
  ['libs/common/src/index.ts', ['gateway', 'iam', 'metering', 'migrate']],
  ['libs/contracts/src/index.ts', ['gateway', 'iam', 'metering', 'migrate', 'web']],
  ['libs/testing/src/index.ts', []],
  ['libs/unused/src/index.ts', []],
  ['services/iam/src/index.ts', ['iam', 'migrate']],
  ['services/iam/service.manifest.ts', ['gateway', 'iam', 'migrate']],
  ['services/iam/src/new.test.ts', []],
  ['services/iam/README.md', []],
  ['apps/server/src/index.ts', ['gateway', 'iam', 'metering', 'migrate']],
  ['apps/web/src/index.ts', ['web']],
  ['docs/new.md', []],
  ['pnpm-lock.yaml', ['gateway', 'iam', 'metering', 'migrate', 'web']],
])('a change of %s rebuilds %j and nothing else', async (path, images) => {
  expect((await affectedBy(path)).images).toEqual(images);
});

it('tests what a change touches, test helpers included', async () => {
  expect((await affectedBy('libs/testing/src/index.ts')).packages).toEqual([
    'apps/cli',
    'apps/server',
    'libs/testing',
    'services/metering',
  ]);
});

it('takes everything as affected when nothing was deployed yet, or the commit is unknown', async () => {
  await createWorkspace();
  for (const base of ['', '0000000000000000000000000000000000000000', 'dead00dead00dead00dead00dead00dead00dead']) {
    const { stdout } = await node('.ci/pipeline/affected-images.mjs', base);
    expect(readAffected(stdout).images).toHaveLength(5);
  }
});

const tags = `# Rendered by plinth.
# revision: aaaaaaa
images:
  - name: registry.example.com/team/iam
    newTag: 'old'
  - name: registry.example.com/team/web
    newTag: 1.0.0
`;

it('gives images a tag, keeps the others, and refuses an image that the file does not name', async () => {
  await write('images', tags);
  await node('.ci/pipeline/image-tags.mjs', 'set', 'images', 'bbbbbbb', 'new', 'registry.example.com/team/iam');
  const text = await readFile(join(folder, 'images'), 'utf8');
  expect(text).toBe(tags.replace('old', 'new').replace('aaaaaaa', 'bbbbbbb'));
  expect((await node('.ci/pipeline/image-tags.mjs', 'revision', 'images')).stdout).toBe('bbbbbbb\n');
  const unknown = node('.ci/pipeline/image-tags.mjs', 'set', 'images', 'bbbbbbb', 'new', 'registry.example.com/team/x');
  await expect(unknown).rejects.toThrow('does not name registry.example.com/team/x');
});

it('promotes the tags and the revision of one environment to the next', async () => {
  await write('overlays/staging/images', tags);
  await write('overlays/production/images', tags.replaceAll('old', 'older').replace(/# revision.*\n/, ''));
  await node('.ci/pipeline/image-tags.mjs', 'copy', 'overlays/staging/images', 'overlays/production/images');
  expect(await readFile(join(folder, 'overlays/production/images'), 'utf8')).toContain("newTag: 'old'");
  expect(await readFile(join(folder, 'overlays/production/images'), 'utf8')).toContain('# revision: aaaaaaa');
});

it('pushes one commit to the GitOps repository, and none when nothing changed', async () => {
  await git('init', '--quiet', '--initial-branch', 'main');
  await write('overlays/development/images', tags);
  await commit('chore: begin');
  await git('clone', '--quiet', '--bare', '.', 'remote.git');
  const environment = {
    ...process.env,
    GITOPS_REPOSITORY: `file://${folder}/remote.git`,
    GITOPS_BRANCH: 'main',
    GITOPS_TOKEN: '',
  };
  const gitOps = async (...words: string[]) =>
    (await run('bash', ['.ci/pipeline/gitops.sh', ...words], { cwd: folder, env: environment })).stdout;
  const set = ['set', 'overlays/development/images', 'ccccccc', 'ccccccc', 'registry.example.com/team/web'];
  await gitOps(...set);
  expect(await gitOps(...set)).toContain('has these images already');
  expect(await git('--git-dir', 'remote.git', 'log', '--format=%s')).toBe(
    'deploy: overlays/development/images \nchore: begin'.replace(' \n', '\n'),
  );
  expect(await gitOps('revision', 'overlays/development/images')).toBe('ccccccc\n');
  expect(await gitOps('tag', 'overlays/development/images', 'registry.example.com/team/web')).toBe('ccccccc\n');
  expect(await gitOps('revision', 'overlays/nowhere/images')).toBe('');
});

it.each([
  [['fix: one'], 'v1.2.4'],
  [['fix: one', 'feat(web): two'], 'v1.3.0'],
  [['feat!: three'], 'v2.0.0'],
  [['docs: four', 'chore: five'], ''],
])('after %j the next version is %s', async (subjects, version) => {
  await git('init', '--quiet', '--initial-branch', 'main');
  await commit('chore: begin');
  await git('tag', 'v1.2.3');
  for (const subject of subjects) await commit(subject);
  const { stdout } = await node('.ci/pipeline/next-version.mjs', folder);
  expect(stdout).toBe(`version=${version}\nprevious=v1.2.3\n`);
  const changelog = await readFile(join(folder, 'changelog.md'), 'utf8');
  if (version === 'v1.3.0') expect(changelog).toMatch(/^## Added\n\n- \*\*web\*\*: two \([0-9a-f]+\)\n\n## Fixed/);
});

it('checks the subjects since a commit', async () => {
  await git('init', '--quiet', '--initial-branch', 'main');
  const base = await commit('anything goes before');
  await commit('feat(web): add a thing');
  const check = () => run('bash', ['.ci/pipeline/check-commits.sh', base], { cwd: folder });
  await check();
  await commit('Added another thing.');
  await expect(check()).rejects.toThrow('Added another thing.');
});
