import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { ImageBuild, ResolvedPlatform, Workload } from '../../model/platform-model.ts';
import { buildRenderInput, buildWorkload } from '../compose/compose.builders.ts';
import { pnpmVersion } from './image-pins.ts';
import { renderImages } from './images.ts';
import { coreWorkspace } from './workspace-packages.ts';

const root = new URL('../../../../../', import.meta.url);

function built(name: string, type: ImageBuild['type'], folder: string, changes: Partial<Workload> = {}): Workload {
  const port = ['astro', 'vite', 'expo'].includes(type) ? 80 : 3000;
  return buildWorkload({
    name,
    type,
    kind: type === 'plinth' ? 'core' : 'application',
    image: `registry.example.com/team/${name}:1.0.0`,
    build: { dockerfile: `images/${name}/Dockerfile`, folder, packageName: name, type },
    ports: [{ name: 'http', port, protocol: 'http' }],
    arguments: type === 'plinth' ? ['plinth', 'serve', name] : undefined,
    ...changes,
  });
}

const core = [
  built('iam', 'plinth', 'services/iam'),
  built('metering', 'plinth', 'services/metering'),
  built('gateway', 'plinth', 'apps/cli'),
  built('migrate', 'plinth', 'apps/cli', { runsOnce: true, health: undefined, ports: [] }),
];
const applications = [
  built('chat', 'nest', 'apps/chat'),
  built('console', 'svelte-kit', 'apps/console'),
  built('shop', 'next', 'apps/shop'),
  built('docs', 'astro', 'apps/docs'),
  built('board', 'vite', 'apps/board'),
  built('app', 'expo', 'apps/app'),
];
const workspace: ResolvedPlatform['workspace'] = [
  { folder: 'apps/chat', dependencies: ['libs/data'], buildDependencies: ['libs/settings'] },
  { folder: 'libs/data', dependencies: [], buildDependencies: ['libs/settings'] },
];

function render(workloads: readonly Workload[]): Map<string, string> {
  const artifacts = renderImages(buildRenderInput(workloads, { workspace }));
  return new Map(artifacts.map(({ path, content }) => [path, content]));
}

const all = render([...core, ...applications]);
const dockerfiles = [...all].filter(([path]) => path.endsWith('/Dockerfile'));

test.each(['iam', 'gateway', 'chat', 'shop', 'board'])('renders the image %s as this file', async (name) => {
  await expect(all.get(`${name}/Dockerfile`)).toMatchFileSnapshot(`expected/${name}.dockerfile.txt`);
});

test('renders the graph and the build of all images as these files', async () => {
  await expect(all.get('build-graph.json')).toMatchFileSnapshot('expected/build-graph.json.txt');
  await expect(all.get('docker-bake.hcl')).toMatchFileSnapshot('expected/docker-bake.hcl.txt');
});

test('an image of a core service has no other service, the gateway has none, and the migrations have all', () => {
  const packages = (name: string): string[] =>
    (JSON.parse(all.get('build-graph.json')!) as { images: Record<string, { packages: string[] }> }).images[name]!
      .packages;
  const common = ['apps/cli', 'apps/server', 'libs/common', 'libs/contracts'];
  expect(packages('iam')).toEqual([...common, 'services/iam']);
  expect(packages('gateway')).toEqual(common);
  expect(packages('migrate')).toEqual([...common, 'services/iam', 'services/metering']);
});

test('the gateway has the manifests of services, compiled, and sees nothing else of them', () => {
  const text = all.get('gateway/Dockerfile')!;
  const copies = text.slice(text.indexOf(' AS sources')).match(/^COPY services\/.*$/gm);
  const files = ['package.json', 'service.manifest.ts', 'tsconfig.json'].map((file) => `services/iam/${file}`);
  expect(copies?.slice(0, 3)).toEqual(files.map((file) => `COPY ${file} ${file}`));
  expect(text).toContain('RUN compile apps/cli apps/server services/iam services/metering');
  expect(text).not.toContain('--filter=./services/');
  const shown = all.get('gateway/Dockerfile.dockerignore')!.match(/(?<=^!)services\/iam.*$/gm);
  expect(shown).toEqual(files);
  const graph = JSON.parse(all.get('build-graph.json')!) as { images: Record<string, { rebuildOn: string[] }> };
  expect(graph.images['gateway']!.rebuildOn).toEqual(expect.arrayContaining(files));
  expect(graph.images['gateway']!.rebuildOn).not.toContain('services/iam/**');
});

test('builds a page with what its bundle holds, and with nothing else', () => {
  const board = built('board', 'vite', 'apps/board');
  const variables = [{ name: 'VITE_TITLE', value: 'The "board" for $5' }];
  const text = render([{ ...board, build: { ...board.build!, variables } }]).get('board/Dockerfile') ?? '';
  expect(text).toContain(
    String.raw`ENV VITE_TITLE="The \"board\" for \$5"` + '\nRUN pnpm --filter=./apps/board run build',
  );
  expect(all.get('board/Dockerfile')).not.toContain('ENV VITE');
});

test('does not depend on the environment from which it is looked at', () => {
  const input = buildRenderInput(core);
  const other = { ...input.platform, environment: 'development', version: '2.0.0', workloads: core.slice(1) };
  const environments = [input.platform, other];
  expect(renderImages({ platform: other, environments })).toEqual(
    renderImages({ platform: input.platform, environments }),
  );
});

describe('what went wrong on other platforms cannot be rendered', () => {
  test.each(dockerfiles)('%s copies every manifest to its own place (21)', (_, text) => {
    const copies = text.split('\n').filter((line) => /^COPY .*package\.json/.test(line) && !line.includes(' ./'));
    expect(copies.length).toBeGreaterThan(0);
    for (const line of copies) expect(line).toMatch(/^COPY ([^* ]+\/package\.json) \1$/);
  });

  test.each(dockerfiles)('%s copies sources after the packages are installed (22)', (_, text) => {
    const isSource = (line: string) => /^COPY (?!--from)/.test(line) && !/package\.json|tsconfig/.test(line);
    for (const stage of text.split(/\n(?=FROM )/)) {
      const lines = stage.split('\n');
      const [install, source] = [
        lines.findLastIndex((line) => line.includes('pnpm install')),
        lines.findIndex(isSource),
      ];
      if (source >= 0) expect(install).toBeLessThan(source);
    }
    expect(text).not.toMatch(/^COPY \. /m);
  });

  test.each(dockerfiles)('%s runs as a number that is not root, with a check of its own (17, 18, 32)', (path, text) => {
    const runtime = text.slice(text.lastIndexOf('\nFROM '));
    expect(runtime).toContain('\nUSER 1001:1001\n');
    if (!path.startsWith('migrate/')) expect(runtime).toMatch(/HEALTHCHECK --interval=30s .*\\\n {2}CMD \["check"/);
  });

  test.each(dockerfiles)('%s takes credentials as secrets of the build, in no layer (14)', (_, text) => {
    expect(text).not.toMatch(/^(ARG|ENV) .*(TOKEN|PASSWORD|SECRET|KEY)/m);
    expect(text).not.toMatch(/COPY .*npmrc/);
    expect(text).toContain('--mount=type=secret,id=npmrc');
  });

  test.each(dockerfiles)('%s names exact base images and needs no front end from a registry (5)', (_, text) => {
    const bases = [...text.matchAll(/^ARG \w+_IMAGE=(.+)$/gm)].map(([, image]) => image);
    for (const image of bases) expect(image).toMatch(/^[a-z]+:\d+\.\d+\.\d+-alpine/);
    expect(text).not.toMatch(/^# ?syntax/m);
    expect(text).toContain('--frozen-lockfile');
  });

  test('shows a build nothing but the packages of the image', () => {
    const [, first, ...rest] = all.get('iam/Dockerfile.dockerignore')!.split('\n');
    expect(first).toBe('*');
    expect(rest.filter((line) => line.startsWith('!'))).not.toContain('!services/metering');
    expect(rest).toContain('**/.env');
  });
});

describe('the code base', () => {
  const json = (path: string): Manifest => JSON.parse(readFileSync(new URL(path, root), 'utf8')) as Manifest;
  interface Manifest {
    readonly name: string;
    readonly dependencies?: Record<string, string>;
  }

  test('is installed in images with the package manager that installs it elsewhere', () => {
    expect(readFileSync(new URL('scripts/install.mjs', root), 'utf8')).toContain(`pnpm@${pnpmVersion}`);
  });

  test('has the graph of packages that images are made from', () => {
    const [services, tools] = ['services', 'tools'].map((folder) => readdirSync(new URL(folder, root)).toSorted()) as [
      string[],
      string[],
    ];
    for (const { folder, dependencies } of coreWorkspace(services)) {
      const own = Object.keys(json(`${folder}/package.json`).dependencies ?? {}).filter((name) =>
        name.startsWith('@plinth/'),
      );
      // Tools are loaded by the commands that need them, which no container runs.
      const folders = own
        .map((name) => name.slice('@plinth/'.length))
        .filter((name) => !tools.includes(name))
        .map((name) => folderOf(name, services));
      expect({ folder, dependencies: dependencies.toSorted() }).toEqual({ folder, dependencies: folders.toSorted() });
    }
  });

  function folderOf(name: string, services: readonly string[]): string {
    if (services.includes(name)) return `services/${name}`;
    return name === 'server' || name === 'cli' ? `apps/${name}` : `libs/${name}`;
  }
});
