import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadBaseImages, startDockerEngine } from './docker-engine.ts';
import { requirePeers } from './peers.ts';

const peers = requirePeers('docker', 'docker-compose', 'docker-buildx', 'base-images');
const engine = peers.skip ? undefined : await startDockerEngine();

afterAll(() => engine?.stop());

describe.skipIf(engine === undefined)('the Docker engine', () => {
  let images: Record<string, string>;
  let folder: string;

  const docker = async (...args: string[]): Promise<string> => {
    const run = await engine!.run(args);
    expect(run, run.stderr).toMatchObject({ code: 0 });
    return run.stdout.trim();
  };

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'plinth-images-'));
    images = await loadBaseImages(engine!);
  });

  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('runs Node.js in the image that stands in for the official one', async () => {
    expect(await docker('run', '--rm', images['node']!, '--version')).toBe('v24.21.0');
  });

  it('does not load an image that it has', async () => {
    const started = performance.now();
    await loadBaseImages(engine!);
    expect(performance.now() - started).toBeLessThan(2_000);
  });

  it('builds with the pinned Buildx on top of a stand-in', async () => {
    await writeFile(join(folder, 'Dockerfile'), `FROM ${images['node']}\nRUN node --print 6*7 > /answer\nUSER node\n`);
    const image = await docker('build', '--quiet', folder);
    expect(await docker('run', '--rm', image, 'cat', '/answer')).toBe('42');
    await docker('image', 'rm', '--force', image);
  });

  it('starts a Compose project and waits until PostgreSQL has run its first scripts', async () => {
    await mkdir(join(folder, 'scripts'));
    await writeFile(join(folder, 'password'), 'from a file\n');
    await writeFile(join(folder, 'scripts', '1.sql'), 'CREATE TABLE made_by_sql ();');
    await writeFile(
      join(folder, 'scripts', '2.sh'),
      'psql --dbname "$POSTGRES_DB" --command "CREATE TABLE by_shell ()"',
    );
    const postgres = {
      image: images['postgres'],
      environment: { POSTGRES_USER: 'shop', POSTGRES_DB: 'orders', POSTGRES_PASSWORD_FILE: '/run/secrets/password' },
      secrets: ['password'],
      volumes: ['./scripts:/docker-entrypoint-initdb.d:ro', 'data:/var/lib/postgresql'],
      healthcheck: { test: 'pg_isready --host localhost --username shop', interval: '1s', retries: 60 },
    };
    const project = { services: { postgres }, volumes: { data: {} }, secrets: { password: { file: './password' } } };
    const file = join(folder, 'compose.json');
    await writeFile(file, JSON.stringify(project));
    const compose = ['compose', '--project-name', 'plinth-testing', '--file', file];
    try {
      await docker(...compose, 'up', '--wait');
      const tables = "SELECT string_agg(tablename, ' ' ORDER BY tablename) FROM pg_tables WHERE schemaname = 'public'";
      const url = `postgres://shop:${encodeURIComponent('from a file')}@localhost/orders`;
      const query = [...compose, 'exec', '-T', 'postgres', 'psql', '-tAc', tables, url];
      expect(await docker(...query)).toBe('by_shell made_by_sql');
      await docker(...compose, 'restart');
      await docker(...compose, 'up', '--wait');
      expect(await docker(...query)).toBe('by_shell made_by_sql');
    } finally {
      await engine!.run([...compose, 'down', '--volumes', '--timeout', '5']);
    }
  });

  it.each([
    ['nginx', ['nginx', '-t'], /test is successful/],
    ['traefik', ['version'], /Version:\s+3\./],
  ])('runs %s with the arguments of the official image', async (name, args, expected) => {
    const run = await engine!.run(['run', '--rm', images[name]!, ...args]);
    expect(run.code).toBe(0);
    expect(run.stdout + run.stderr).toMatch(expected);
  });

  it('serves the folder of a mounted site with nginx', async () => {
    await mkdir(join(folder, 'site'));
    await writeFile(join(folder, 'site', 'index.html'), 'a page');
    const mount = `${join(folder, 'site')}:/usr/share/nginx/html:ro`;
    const container = await docker('run', '--detach', '--volume', mount, images['nginx']!);
    await delay(500);
    expect(await docker('exec', container, 'wget', '-qO-', 'http://localhost/')).toBe('a page');
    await docker('rm', '--force', container);
  });
});
