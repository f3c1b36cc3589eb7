import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { findFreePort, RepositoryCopy } from '@plinth/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

interface Created {
  readonly files: readonly { readonly path: string; readonly kind: 'created' | 'changed' }[];
  readonly next: readonly string[];
}

let copy: RepositoryCopy;
let service: Created;
let application: Created;

beforeAll(async () => {
  copy = await RepositoryCopy.create(process.env);
  service = (await copy.plinth('create', 'service', 'loyalty', '--feature', 'point-card')) as Created;
  application = (await copy.plinth('create', 'app', 'nest', 'orders-desk')) as Created;
  // The entries in the lock file are checked by this: it refuses a lock file that does not fit.
  await copy.install();
  await copy.node('node_modules/typescript/bin/tsc', '-b', 'apps/cli', 'libs/client', 'libs/testing', 'platform');
  await copy.node('node_modules/typescript/bin/tsc', '-b', 'services/loyalty', 'apps/orders-desk');
}, 240_000);
afterAll(() => copy?.remove());

const read = (path: string) => readFile(join(copy.folder, path), 'utf8');

test('what was written is formatted and has no lint', async () => {
  const written = [...service.files, ...application.files].map(({ path }) => path);
  const code = written.filter((path) => /\.(ts|json)$/.test(path));
  await copy.node('node_modules/oxfmt/bin/oxfmt', '--check', ...code);
  await copy.node('node_modules/oxlint/bin/oxlint', 'services/loyalty', 'apps/orders-desk');
});

test('its own tests pass, its schema.sql is right, and the structure rules hold for it', async () => {
  const folders = ['services/loyalty/', 'apps/orders-desk/', 'apps/server/src/schema', 'structure.test.ts'];
  await copy.node('node_modules/vitest/vitest.mjs', 'run', '--project=unit', '--project=pg', ...folders);
}, 120_000);

test('it is in the reference and in the typed client', async () => {
  await copy.node('scripts/generate.mjs');
  expect(await read('docs/reference/openapi.json')).toContain('"operationId": "createPointCard"');
  expect(await read('docs/reference/events.md')).toContain('point_card.created');
  expect(await read('docs/reference/errors.md')).toContain('`point_card.limit_reached`');
  expect(await read('libs/client/src/generated/operations.ts')).toContain("path: '/api/v1/point-cards/{pointCardId}'");
});

test('the platform starts with it', async () => {
  const url = await copy.start();
  const services = await fetch(`${url}/services`, { headers: { accept: 'application/json' } });
  expect(JSON.stringify(await services.json())).toContain('"name":"loyalty"');
  const document = (await (await fetch(`${url}/openapi.json`)).json()) as { paths: Record<string, unknown> };
  expect(Object.keys(document.paths)).toEqual(
    expect.arrayContaining(['/api/v1/point-cards', '/api/v1/point-cards/{pointCardId}']),
  );
  expect((await fetch(`${url}/api/v1/point-cards`)).status).toBe(401);
});

test('the application runs, says that it is well, and ends when it is asked to', async () => {
  const port = await findFreePort();
  const child = spawn(process.execPath, [join(copy.folder, 'apps/orders-desk/dist/src/main.js')], {
    env: { PATH: process.env['PATH'], PORT: String(port) },
    stdio: 'ignore',
  });
  try {
    await expect
      .poll(
        () =>
          fetch(`http://127.0.0.1:${port}/health/ready`).then(
            ({ status }) => status,
            () => 0,
          ),
        { timeout: 20_000, interval: 100 },
      )
      .toBe(200);
  } finally {
    const closed = once(child, 'close');
    child.kill('SIGTERM');
    await closed;
  }
  // Nest gives the signal back to the process when its hooks are through.
  expect([child.exitCode, child.signalCode]).toEqual([null, 'SIGTERM']);
});

test('it is part of the description that everything is rendered from', async () => {
  expect(await read('platform/core-services.ts')).toContain(
    "import { manifest as loyalty } from '@plinth/loyalty/manifest';",
  );
  expect(await read('platform/platform.ts')).toContain("nest('orders-desk')");
});

test('both are in everything that is rendered', async () => {
  await copy.node('apps/cli/dist/src/main.js', 'render', '--all', '--out', 'deploy');
  const files = await readdir(join(copy.folder, 'deploy'), { recursive: true, withFileTypes: true });
  for (const target of ['images', 'compose', 'helm', 'kustomize', 'gateway', 'ci']) {
    const folder = join(copy.folder, 'deploy', target);
    const own = files.filter((file) => file.isFile() && file.parentPath.startsWith(folder));
    const texts = await Promise.all(own.map((file) => readFile(join(file.parentPath, file.name), 'utf8')));
    for (const name of ['loyalty', 'orders-desk']) {
      expect(
        texts.some((text) => text.includes(name)),
        `${name} in ${target}`,
      ).toBe(true);
    }
  }
});

test('nothing is written twice, and nothing by a dry run', async () => {
  await expect(copy.plinth('create', 'service', 'loyalty')).rejects.toThrow('services/loyalty exists');
  await expect(copy.plinth('create', 'service', 'stamps', '--feature', 'invoice')).rejects.toThrow('below /invoices');
  await copy.plinth('create', 'service', 'stamps', '--dry-run');
  await expect(read('services/stamps/package.json')).rejects.toThrow('ENOENT');
});

describe.each(['svelte-kit', 'next', 'astro', 'vite', 'expo'])('an application of type %s', (type) => {
  const name = `my-${type}`;
  afterAll(() => rm(join(copy.folder, 'apps', name), { recursive: true, force: true }));

  test('is formatted, has no lint and is in the description', async () => {
    const { files, next } = (await copy.plinth('create', 'app', type, name)) as Created;
    const code = files.map(({ path }) => path).filter((path) => /\.(tsx?|json)$/.test(path));
    await copy.node('node_modules/oxfmt/bin/oxfmt', '--check', ...code);
    await copy.node('node_modules/oxlint/bin/oxlint', `apps/${name}`);
    expect(await read('platform/platform.ts')).toContain(`('${name}')`);
    expect(next[0]).toContain('pnpm');
  });
});
