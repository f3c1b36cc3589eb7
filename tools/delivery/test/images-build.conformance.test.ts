import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadBaseImages, requirePeers, startDockerEngine, type DockerEngine } from '@plinth/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkDescription } from '../src/description/check-description.ts';
import { loadWorkspace } from '../src/description/load-workspace.ts';
import { definePlatform, nest, next, svelteKit, vite } from '../src/description/platform-description.ts';
import { resolvePlatform } from '../src/description/resolve-platform.ts';
import { renderedFolder } from '../src/render/ci/layout.ts';
import { renderImages } from '../src/render/image/images.ts';
import { buildImages } from './compose-stack.ts';
import { writeArtifactsTo } from './rendered-folder.ts';

const peers = requirePeers('docker', 'docker-buildx', 'base-images');

const platform = definePlatform({
  name: 'shop',
  domain: 'shop.example.com',
  registry: 'registry.example.com/shop',
  version: '1.0.0',
  targets: ['images'],
  applications: [nest('chat'), svelteKit('console'), next('store'), vite('board')],
  environments: { production: {} },
});

/** Answers as a server does that was built: with what its library says. */
const server = `import { createServer } from 'node:http';
const { greeting } = await import('@shop/data').catch(() => ({ greeting: 'none' }));
createServer((_, answer) => answer.end(greeting)).listen(process.env.PORT ?? 3000);`;

const application = (name: string, build: string, dependencies = {}) =>
  JSON.stringify({ name: `@shop/${name}`, version: '1.0.0', type: 'module', scripts: { build }, dependencies });

/** A workspace of four applications and a library, whose builds copy files instead of compiling them. */
const workspace = {
  'package.json': JSON.stringify({ name: 'shop', private: true }),
  'pnpm-workspace.yaml': 'packages:\n  - apps/*\n  - libs/*\n',
  'pnpm-lock.yaml': `lockfileVersion: '9.0'
settings:
  autoInstallPeers: true
  excludeLinksFromLockfile: false
importers:
  .: {}
  apps/board: {}
  apps/chat:
    dependencies:
      '@shop/data':
        specifier: workspace:*
        version: link:../../libs/data
  apps/console: {}
  apps/store: {}
  libs/data: {}
`,
  'libs/data/package.json': JSON.stringify({
    name: '@shop/data',
    version: '1.0.0',
    type: 'module',
    exports: './dist/index.js',
    scripts: { build: 'mkdir -p dist && cp src/index.js dist' },
  }),
  'libs/data/src/index.js': `export const greeting = 'hello';`,
  'apps/chat/package.json': application('chat', 'mkdir -p dist && cp src/main.js dist', {
    '@shop/data': 'workspace:*',
  }),
  'apps/chat/src/main.js': server,
  'apps/console/package.json': application('console', 'mkdir -p build && cp src/main.js build/index.js'),
  'apps/console/src/main.js': server,
  'apps/store/package.json': application(
    'store',
    'mkdir -p .next/static .next/standalone/apps/store && cp src/main.js .next/standalone/apps/store/server.js && cp package.json .next/standalone/apps/store && echo 1 > .next/static/app.js',
  ),
  'apps/store/src/main.js': server,
  'apps/board/package.json': application('board', 'mkdir -p dist && cp src/index.html dist'),
  'apps/board/src/index.html': '<p>board</p>',
};

describe.skipIf(peers.skip)('images of applications', () => {
  let engine: DockerEngine | undefined;
  let folder: string;
  const containers: string[] = [];

  beforeAll(async () => {
    engine = await startDockerEngine();
    if (engine === undefined) return;
    await loadBaseImages(engine, 'node', 'nginx');
    folder = await mkdtemp(join(tmpdir(), 'plinth-applications-'));
    const files = Object.entries(workspace).map(([path, content]) => ({ path, content }));
    await writeArtifactsTo(folder, files);
    expect(checkDescription(platform).faults).toEqual([]);
    const resolved = { ...resolvePlatform(platform, 'production'), workspace: loadWorkspace(folder) };
    const images = renderImages({ platform: resolved, environments: [resolved] });
    await writeArtifactsTo(join(folder, `${renderedFolder}/images`), images);
    const { code, output } = await buildImages(engine, folder);
    if (code !== 0) throw new Error(output);
  }, 1_200_000);

  afterAll(async () => {
    if (engine === undefined) return;
    if (containers.length > 0) await engine.run(['rm', '--force', ...containers]);
    await engine.stop();
    if (folder !== undefined) await rm(folder, { recursive: true, force: true });
  });

  it.each([
    ['chat', 'http://127.0.0.1:3000', 'hello'],
    ['console', 'http://127.0.0.1:3000', 'none'],
    ['store', 'http://127.0.0.1:3000', 'none'],
    ['board', 'http://127.0.0.1/orders/17', '<p>board</p>'],
  ])('%s starts without rights on a file system that it cannot write, and is healthy', async (name, url, content) => {
    if (engine === undefined) return;
    const image = `registry.example.com/shop/${name}:1.0.0`;
    const limits = ['--read-only', '--tmpfs', '/tmp', '--cap-drop', 'ALL', '--security-opt', 'no-new-privileges'];
    const started = await engine.run(['run', '--detach', '--network', 'none', ...limits, image]);
    expect(started).toMatchObject({ code: 0 });
    const container = started.stdout.trim();
    containers.push(container);
    const inspected = await engine.run(['image', 'inspect', '--format', '{{json .Config.Healthcheck.Test}}', image]);
    const [, ...check] = JSON.parse(inspected.stdout) as string[];
    // The engine would ask only after the first interval.
    const run = engine.run;
    await expect.poll(async () => (await run(['exec', container, ...check])).code, { timeout: 20_000 }).toBe(0);
    const page = await run(['exec', container, 'wget', '-q', '-O', '-', url]);
    expect(page.stdout.trim()).toBe(content);
    expect((await run(['exec', container, 'id', '-u'])).stdout.trim()).toBe('1001');
  });
});
