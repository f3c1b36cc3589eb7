import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { planApplication } from './plan-application.ts';
import { planService } from './plan-service.ts';
import { openWorkTree, type FileChange, type WorkTree } from './work-tree.ts';

const repository = openWorkTree(fileURLToPath(new URL('.', import.meta.url)));

/** The repository with some files changed; null: without the file. */
function treeWith(changes: Readonly<Record<string, string | null>> = {}): WorkTree {
  return {
    ...repository,
    read: (path) => (Object.hasOwn(changes, path) ? (changes[path] ?? undefined) : repository.read(path)),
  };
}

function contentOf(changes: readonly FileChange[], path: string): string {
  return changes.find((change) => change.path === path)!.content;
}

it('plans a service of the shape that all services have', () => {
  const changes = planService(treeWith(), 'loyalty', { feature: 'point-card' });
  expect(changes.map(({ kind, path }) => `${kind} ${path}`)).toEqual([
    'created services/loyalty/package.json',
    'created services/loyalty/tsconfig.json',
    'created services/loyalty/service.manifest.ts',
    'created services/loyalty/README.md',
    'created services/loyalty/src/index.ts',
    'created services/loyalty/migrations/0001_point_cards.sql',
    'created services/loyalty/schema.sql',
    'created services/loyalty/src/app.module.ts',
    'created services/loyalty/src/config.ts',
    'created services/loyalty/src/point-card/point-card.ts',
    'created services/loyalty/src/point-card/point-card.errors.ts',
    'created services/loyalty/src/point-card/point-card.dto.ts',
    'created services/loyalty/src/point-card/point-card.controller.ts',
    'created services/loyalty/src/point-card/point-card.service.ts',
    'created services/loyalty/src/point-card/point-card.store.ts',
    'created services/loyalty/src/point-card/point-card.test.ts',
    'created services/loyalty/src/point-card/point-card.service.pg.test.ts',
    'changed tsconfig.json',
    'changed apps/server/package.json',
    'changed apps/server/tsconfig.json',
    'changed apps/server/src/composition/service-registry.ts',
    'changed libs/contracts/src/permissions.ts',
    'changed libs/contracts/src/events/event-types.ts',
    'changed platform/package.json',
    'changed platform/tsconfig.json',
    'changed platform/core-services.ts',
    'changed pnpm-lock.yaml',
  ]);
});

it('names everything by the service and its feature', () => {
  const changes = planService(treeWith(), 'loyalty-club', { feature: 'point-card', port: 3100 });
  const manifest = contentOf(changes, 'services/loyalty-club/service.manifest.ts');
  expect(manifest).toContain("schema: 'loyalty_club', role: 'plinth_loyalty_club'");
  expect(manifest).toContain("variablePrefix: 'LOYALTY_CLUB_'");
  expect(manifest).toContain('port: 3100');
  expect(contentOf(changes, 'apps/server/src/composition/service-registry.ts')).toContain(
    "'loyalty-club': { code: () => import('@plinth/loyalty-club'), manifest: () => import('@plinth/loyalty-club/manifest') }",
  );
  expect(contentOf(changes, 'libs/contracts/src/events/event-types.ts')).toContain("topic: 'loyalty-club.events'");
});

it('takes the name of the service for its feature when none is given', () => {
  const paths = planService(treeWith(), 'reward').map(({ path }) => path);
  expect(paths).toContain('services/reward/src/reward/reward.store.ts');
  expect(paths).toContain('services/reward/migrations/0001_rewards.sql');
});

it('enters a service that is entered already no second time', () => {
  const once = planService(treeWith(), 'loyalty', { feature: 'point-card' });
  const files = Object.fromEntries(
    once.filter(({ kind }) => kind === 'changed').map(({ path, content }) => [path, content]),
  );
  // The permissions tell that the feature exists; everything else is looked at again.
  const tree = treeWith({
    ...files,
    'libs/contracts/src/permissions.ts': repository.read('libs/contracts/src/permissions.ts')!,
  });
  const twice = planService(tree, 'loyalty', { feature: 'point-card' });
  expect(twice.filter(({ kind }) => kind === 'changed').map(({ path }) => path)).toEqual([
    'libs/contracts/src/permissions.ts',
  ]);
});

it.each([
  ['iam', {}, 'the folder services/iam exists'],
  ['testing', {}, 'the platform uses it'],
  ['stamps', { feature: 'invoice' }, 'answers below /invoices'],
  ['stamps', { feature: 'api-key' }, 'answers below /api-keys'],
  ['Stamps', {}, 'not kebab-case'],
  ['order', {}, 'key word'],
  ['stamps', { port: 80 }, 'no port'],
])('refuses %s with %j', (name, options, reason) => {
  expect(() => planService(treeWith(), name, options)).toThrow(reason);
});

it.each([
  ['tsconfig.json', '{}', '"references"'],
  ['apps/server/package.json', '{}', '"dependencies"'],
  ['apps/server/src/composition/service-registry.ts', 'export const other = {};', 'object "loaders"'],
  ['libs/contracts/src/permissions.ts', 'export const permissions = 1;', 'list "permissions"'],
  ['libs/contracts/src/events/event-types.ts', 'broken {', 'syntax that can be read'],
  ['platform/core-services.ts', null, 'file'],
  ['pnpm-lock.yaml', 'lockfileVersion: 9.0\n', 'importer "services/tenant"'],
])('refuses a work tree in which %s lacks its anchor', (path, text, anchor) => {
  const error = catchError(() => planService(treeWith({ [path]: text }), 'loyalty', { feature: 'point-card' }));
  expect(error).toMatchObject({
    code: 'create.anchor_missing',
    message: expect.stringContaining(`${path} has no ${anchor}`),
  });
});

it('plans an application of every type, with its line in the description', () => {
  for (const [type, description] of [
    ['nest', "nest('desk')"],
    ['svelte-kit', "svelteKit('desk')"],
    ['next', "next('desk')"],
    ['astro', "astro('desk')"],
    ['vite', "vite('desk')"],
    ['expo', "expo('desk')"],
  ] as const) {
    const { changes } = planApplication(treeWith(), type, 'desk');
    const paths = changes.map(({ path }) => path);
    expect(paths).toContain('apps/desk/package.json');
    expect(
      paths.some((path) => path.endsWith('.test.ts')),
      type,
    ).toBe(true);
    expect(contentOf(changes, 'platform/platform.ts')).toContain(description);
  }
});

it('refuses unknown types and names that a service has', () => {
  expect(() => planApplication(treeWith(), 'angular', 'desk')).toThrow('no application type "angular"');
  expect(() => planApplication(treeWith(), 'vite', 'iam')).toThrow('"iam" is taken');
});

it('names every dependency of a template by its exact version', () => {
  const folder = new URL('templates/app/', import.meta.url);
  for (const file of readdirSync(folder)) {
    expect(readFileSync(new URL(file, folder), 'utf8'), file).not.toMatch(/: '[\^~]\d/);
  }
});

function catchError(action: () => unknown): unknown {
  try {
    return action();
  } catch (error) {
    return error;
  }
}
