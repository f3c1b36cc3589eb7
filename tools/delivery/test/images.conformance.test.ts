import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findFreePort, requirePeers, runPeer, startPeer, type RunningPeer } from '@plinth/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Artifact } from '../src/render/artifact.ts';
import { renderImages } from '../src/render/image/images.ts';
import { renderStaticSiteConf } from '../src/render/image/nginx-conf.ts';
import { exampleNames, loadExample, loadOwnPlatform } from './example-platforms.ts';
import { writeArtifactsTo } from './rendered-folder.ts';

const linter = requirePeers('hadolint');
const server = requirePeers('nginx');

async function withFolder<Result>(work: (folder: string) => Promise<Result>): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), 'plinth-images-'));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

describe.skipIf(linter.skip)('hadolint', () => {
  const lint = (artifacts: readonly Artifact[]) =>
    withFolder(async (folder) => {
      const files = artifacts.filter(({ path }) => path.endsWith('/Dockerfile'));
      await writeArtifactsTo(folder, files);
      const { code, stdout } = await runPeer(linter.paths.hadolint, ['--no-color', ...files.map(({ path }) => path)], {
        cwd: folder,
      });
      return { files: files.length, code, stdout };
    });

  it.each([...exampleNames, 'our own platform'] as const)('finds nothing in the Dockerfiles of %s', async (name) => {
    const input = name === 'our own platform' ? await loadOwnPlatform() : await loadExample(name);
    const artifacts = renderImages(input);
    if (artifacts.length > 0) expect(await lint(artifacts)).toMatchObject({ code: 0, stdout: '' });
  });

  it.each([
    ['a base image without a tag', 'FROM ${NODE_IMAGE} AS runtime', 'FROM node AS runtime', 'DL3006'],
    ['an install without a version', /pnpm@[\d.]+/, 'pnpm', 'DL3016'],
    ['a command with a shell', 'CMD ["plinth", "serve", "iam"]', 'CMD plinth serve iam', 'DL3025'],
    ['a folder that is no path', 'WORKDIR /app\n', 'WORKDIR app\n', 'DL3000'],
  ])('finds %s', async (_, from, to, rule) => {
    const artifacts = renderImages(await loadOwnPlatform())
      .filter(({ path }) => path === 'iam/Dockerfile')
      .map((artifact) => ({ ...artifact, content: artifact.content.replace(from, to) }));
    expect(await lint(artifacts)).toMatchObject({ files: 1, stdout: expect.stringContaining(rule) });
  });
});

describe.skipIf(server.skip)('nginx of a static site', () => {
  let folder: string;
  const running: RunningPeer[] = [];
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'plinth-site-'));
    await mkdir(join(folder, 'html/assets'), { recursive: true });
    await writeFile(join(folder, 'html/index.html'), '<p>home</p>');
    await writeFile(join(folder, 'html/404.html'), '<p>not here</p>');
    await writeFile(join(folder, 'html/assets/app-4f3a.js'), `console.log(${'1+'.repeat(2000)}1)`);
  });
  afterAll(async () => {
    await Promise.all(running.map((peer) => peer.stop()));
    await rm(folder, { recursive: true, force: true });
  });

  /** The rendered configuration with the paths of the image replaced by those of this test. */
  async function serve(type: 'astro' | 'vite' | 'expo'): Promise<string> {
    const port = await findFreePort();
    const own = join(folder, type);
    await mkdir(own, { recursive: true });
    await cp('/etc/nginx/mime.types', join(own, 'mime.types'));
    const conf = renderStaticSiteConf(type, port)
      .replaceAll('/tmp/', `${own}/`)
      .replace('/etc/nginx/mime.types', join(own, 'mime.types'))
      .replace('/usr/share/nginx/html', join(folder, 'html'))
      .replace('access_log /dev/stdout', `access_log ${own}/access.log`)
      .replace('error_log /dev/stderr', `error_log ${own}/error.log`);
    await writeFile(join(own, 'nginx.conf'), conf);
    // Without rights it would not switch accounts; as root it would read nothing in a private folder.
    const user = process.getuid?.() === 0 ? ['-g', 'user root;'] : [];
    const arguments_ = ['-c', join(own, 'nginx.conf'), '-e', join(own, 'error.log'), ...user];
    running.push(await startPeer(server.paths.nginx, arguments_, { waitFor: { port } }));
    return `http://127.0.0.1:${port}`;
  }

  it('answers health, keeps assets a year and pages an hour, and compresses', async () => {
    const url = await serve('vite');
    expect(await (await fetch(`${url}/health`)).text()).toBe('ok');
    const asset = await fetch(`${url}/assets/app-4f3a.js`, { headers: { 'accept-encoding': 'gzip' } });
    expect(asset.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(asset.headers.get('content-encoding')).toBe('gzip');
    expect((await fetch(url)).headers.get('cache-control')).toBe('public, max-age=3600');
  });

  it('gives the page of a single-page application for addresses that are no file, except for assets', async () => {
    const url = await serve('vite');
    const page = await fetch(`${url}/orders/17`);
    expect([page.status, await page.text()]).toEqual([200, '<p>home</p>']);
    expect((await fetch(`${url}/assets/gone.js`)).status).toBe(404);
  });

  it('says 404 with the page of the site for what an Astro site does not have', async () => {
    const answer = await fetch(`${await serve('astro')}/orders/17`);
    expect([answer.status, await answer.text()]).toEqual([404, '<p>not here</p>']);
  });
});
