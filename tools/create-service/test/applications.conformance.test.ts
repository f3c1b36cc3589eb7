import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findFreePort, RepositoryCopy, requirePeers, runPeer, startPeer, type RunningPeer } from '@plinth/testing';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { assembleImage, type AssembledImage } from './rendered-image.ts';

const peers = requirePeers('nginx');
const types = ['svelte-kit', 'next', 'astro', 'vite', 'expo'] as const;
type Type = (typeof types)[number];

const minutes = 60_000;
const nameOf = (type: Type): string => `my-${type}`;
const folderOf = (type: Type): string => `apps/${nameOf(type)}`;
/** What a page says that nobody has changed yet. */
const greetingOf = (type: Type): string => `Welcome to My ${type.replace('-', ' ')}`;

/** Builds ask nobody but the registry. */
const silence = { NEXT_TELEMETRY_DISABLED: '1', ASTRO_TELEMETRY_DISABLED: '1', EXPO_NO_TELEMETRY: '1' };

describe.skipIf(peers.skip)('applications of every type, in one repository', () => {
  let copy: RepositoryCopy;
  let work: string;
  let servicesBefore: Map<string, string>;
  const running: RunningPeer[] = [];

  beforeAll(async () => {
    work = await mkdtemp(join(tmpdir(), 'plinth-applications-'));
    copy = await RepositoryCopy.create({ ...process.env, ...silence });
    await copy.takeBuild();
    servicesBefore = await readLockedServices();
    for (const type of types) await copy.plinth('create', 'app', type, nameOf(type));
    // As `plinth create app` says; in CI pnpm would refuse to complete the lock file.
    await copy.pnpm('install', '--no-frozen-lockfile');
    await copy.node('node_modules/typescript/bin/tsc', '-b', 'apps/cli', 'platform');
    await copy.plinth('render', '--all', '--out', 'deploy');
  }, 10 * minutes);
  afterEach(async () => {
    for (const peer of running.splice(0)) await peer.stop();
  });
  afterAll(async () => {
    await copy?.remove();
    if (work !== undefined) await rm(work, { recursive: true, force: true });
  });

  /** What services run with, by their folder, as the lock file has it. */
  async function readLockedServices(): Promise<Map<string, string>> {
    const lock = await readFile(join(copy.folder, 'pnpm-lock.yaml'), 'utf8');
    return new Map(
      [...lock.matchAll(/^ {2}(services\/\S+):\n((?: {4}.*\n)+)/gm)].map(([, name = '', of = '']) => [name, of]),
    );
  }

  /** Builds the application as its image does, and puts the image's files together. */
  async function build(type: Type): Promise<AssembledImage> {
    await copy.pnpm(`--filter=./${folderOf(type)}`, 'run', 'build');
    const dockerfile = await readFile(join(copy.folder, `deploy/images/${nameOf(type)}/Dockerfile`), 'utf8');
    const root = join(work, type);
    return assembleImage(dockerfile, { repository: copy.folder, folder: folderOf(type), root });
  }

  /** The command of the image on a free port; resolves to its address. */
  async function startServer(image: AssembledImage): Promise<string> {
    const [program, ...words] = image.command ?? [];
    expect(program).toBe('node');
    const port = await findFreePort();
    const env = { ...image.environment, PORT: String(port), HOSTNAME: '127.0.0.1', HOST: '127.0.0.1' };
    const path = /:3000(\/[^']*)'/.exec(image.healthCheck.join(' '))?.[1];
    const url = `http://127.0.0.1:${port}`;
    const options = { cwd: image.workingFolder, env, waitFor: { url: `${url}${path}` } };
    running.push(await startPeer(process.execPath, words, options));
    return url;
  }

  /** The image's nginx with the image's files in the folders of this test; resolves to its address. */
  async function startSite(image: AssembledImage): Promise<string> {
    const port = await findFreePort();
    const file = join(image.root, 'etc/nginx/nginx.conf');
    const conf = (await readFile(file, 'utf8'))
      .replaceAll('/tmp/', `${image.root}/`)
      .replace('listen 80;', `listen 127.0.0.1:${port};`)
      .replace('/usr/share/nginx/html', join(image.root, 'usr/share/nginx/html'))
      .replaceAll(/\/dev\/std(out|err)/g, join(image.root, 'nginx.log'));
    await writeFile(file, conf);
    // Started by root it would give up the rights that it needs for a private folder.
    const user = process.getuid?.() === 0 ? ['-g', 'user root;'] : [];
    const words = ['-c', file, '-e', join(image.root, 'nginx.log'), ...user];
    running.push(await startPeer(peers.paths.nginx, words, { waitFor: { port } }));
    return `http://127.0.0.1:${port}`;
  }

  it('leave a lock file with which the next installation fetches and resolves nothing', async () => {
    await copy.install();
  });

  // Packages of front ends are optional peers of some that servers use, and would come into their images.
  it('change nothing of what the services run with', async () => {
    expect([...servicesBefore.keys()]).toContain('services/iam');
    expect(await readLockedServices()).toEqual(servicesBefore);
  });

  it(
    'pass their own tests and the type check',
    async () => {
      await copy.node(
        'node_modules/vitest/vitest.mjs',
        'run',
        '--project=unit',
        ...types.map((type) => folderOf(type)),
      );
      // `next build` checks the types of Next.js, some of which it makes itself.
      for (const type of types.filter((other) => other !== 'next'))
        await copy.node('node_modules/typescript/bin/tsc', '--noEmit', '-p', folderOf(type));
    },
    2 * minutes,
  );

  it('are in a description without faults and in what is rendered from it', async () => {
    expect(await copy.plinth('check')).toMatchObject({ ok: true, faults: [] });
    expect(await copy.plinth('check', '--rendered', 'deploy')).toMatchObject({ ok: true, rendered: [] });
    const read = (path: string) => readFile(join(copy.folder, 'deploy', path), 'utf8');
    const targets = ['compose/production/compose.yaml', 'helm/images/production.yaml', 'images/docker-bake.hcl'];
    const overlay = 'kustomize/overlays/production/images/kustomization.yaml';
    for (const path of [...targets, overlay]) {
      const text = await read(path);
      for (const type of types) expect(text, path).toContain(nameOf(type));
    }
  });

  it.each(['svelte-kit', 'next'] as const)(
    '%s: its server is well and answers its first page with what belongs to it',
    async (type) => {
      const image = await build(type);
      const url = await startServer(image);
      const health = await fetch(`${url}/api/health`);
      expect([health.status, await health.json()]).toEqual([200, { status: 'ok' }]);
      const page = await fetch(url);
      expect([page.status, page.headers.get('content-type')]).toEqual([200, expect.stringContaining('text/html')]);
      const html = await page.text();
      expect(html).toContain(`<h1>${greetingOf(type)}</h1>`);
      const [script = ''] = assetsOf(html);
      const asset = await fetch(new URL(script, url));
      expect([asset.status, asset.headers.get('cache-control')]).toEqual([200, expect.stringContaining('immutable')]);
      expect((await fetch(`${url}/nowhere`)).status).toBe(404);
    },
    5 * minutes,
  );

  it.each(['svelte-kit', 'next'] as const)('%s: the health check of its image tells when it is gone', async (type) => {
    const dockerfile = await readFile(join(copy.folder, `deploy/images/${nameOf(type)}/Dockerfile`), 'utf8');
    const place = { repository: copy.folder, folder: folderOf(type), root: join(work, `${type}-health`) };
    const image = await assembleImage(dockerfile, place);
    const url = await startServer(image);
    const check = async () => {
      const [, ...words] = image.healthCheck.map((word) => word.replace('http://127.0.0.1:3000', url));
      return (await runPeer(process.execPath, words)).code;
    };
    expect(await check()).toBe(0);
    await running.pop()!.stop();
    expect(await check()).toBe(1);
  });

  it(
    'astro: its pages are files, and what is no page is not found',
    async () => {
      const url = await startSite(await build('astro'));
      expect(await ask(url, '/health')).toMatchObject({ status: 200, text: 'ok' });
      const page = await ask(url, '/');
      expect(page).toMatchObject({ status: 200, type: 'text/html', cache: 'public, max-age=3600' });
      expect(page.text).toContain(`<h1>${greetingOf('astro')}</h1>`);
      expect(await ask(url, '/orders/17')).toMatchObject({ status: 404 });
    },
    5 * minutes,
  );

  it(
    'vite: its page answers every address, and its script is kept for a year',
    async () => {
      const url = await startSite(await build('vite'));
      expect(await ask(url, '/health')).toMatchObject({ status: 200, text: 'ok' });
      const page = await ask(url, '/');
      expect(page).toMatchObject({ status: 200, type: 'text/html', cache: 'public, max-age=3600' });
      expect(page.text).toContain('<main id="app"></main>');
      expect(await ask(url, '/orders/17')).toEqual(page);
      const [script = ''] = assetsOf(page.text);
      const asset = await ask(url, script);
      expect(asset).toMatchObject({ status: 200, cache: 'public, max-age=31536000, immutable' });
      expect(asset.text).toContain('Welcome to ');
      expect(await ask(url, '/assets/gone.js')).toMatchObject({ status: 404 });
    },
    5 * minutes,
  );

  it(
    'expo: phones find the update of each system behind its metadata',
    async () => {
      const url = await startSite(await build('expo'));
      expect(await ask(url, '/health')).toMatchObject({ status: 200, text: 'ok' });
      const metadata = JSON.parse((await ask(url, '/metadata.json')).text) as {
        readonly fileMetadata: Readonly<Record<string, { readonly bundle: string }>>;
      };
      expect(Object.keys(metadata.fileMetadata).toSorted()).toEqual(['android', 'ios']);
      for (const { bundle } of Object.values(metadata.fileMetadata)) {
        const answer = await fetch(`${url}/${bundle}`);
        expect(answer.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
        const bytes = Buffer.from(await answer.arrayBuffer());
        // Hermes bytecode begins with this number, and keeps texts as they are.
        expect(bytes.readBigUInt64LE()).toBe(0x1f1903c103bc1fc6n);
        expect(bytes.includes('My expo')).toBe(true);
      }
    },
    10 * minutes,
  );
});

/** Addresses of the scripts that a page loads. */
function assetsOf(html: string): string[] {
  return [...html.matchAll(/(?:src|href)="([^"]+\.js)"/g)].map(([, address = '']) => address);
}

async function ask(url: string, path: string) {
  const answer = await fetch(new URL(path, url));
  const { status, headers } = answer;
  return { status, type: headers.get('content-type'), cache: headers.get('cache-control'), text: await answer.text() };
}
