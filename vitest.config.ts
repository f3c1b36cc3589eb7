import { existsSync, readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { configDefaults, defineConfig } from 'vitest/config';
import type { TestProjectInlineConfiguration } from 'vitest/config';
import { listConformanceTests } from './scripts/peers/conformance-tests.mjs';
import { describePeers } from './scripts/peers/find-peers.mjs';

const databaseSetup = fileURLToPath(new URL('libs/testing/src/global-setup.ts', import.meta.url));
const globalSetup = existsSync(databaseSetup) ? [databaseSetup] : [];

// Workspace packages resolve to their TypeScript sources: a test never runs against a stale build.
const conditions = ['source', 'module', 'node', 'development|production'];
const tiers = ['**/*.pg.test.ts', '**/*.e2e.test.ts', '**/*.conformance.test.ts'];
const outside = [...configDefaults.exclude, '**/dist/**', '**/.cache/**', '**/.plinth/**'];

const root = fileURLToPath(new URL('.', import.meta.url));
// They build and run containers, which takes the whole machine, and there is one engine for all of them.
const withEngine = listConformanceTests(root).filter((file) =>
  readFileSync(file, 'utf8').includes('startDockerEngine('),
);

/** Nothing runs beside these, by tier: they use the engine, or say how soon something must have happened. */
const alone = {
  e2e: ['entitlements', 'main-job', 'membership', 'tenant-life-cycle'].map(
    (name) => `apps/server/test/${name}.e2e.test.ts`,
  ),
  conformance: [
    ...['edge-keycloak', 'edge-sessions', 'gateway', 'keycloak', 'openid', 'shared-limits'].map(
      (name) => `apps/server/test/${name}.conformance.test.ts`,
    ),
    ...withEngine.map((file) => relative(root, file)),
  ],
};
// Whoever names files is at work on them, and finds all of a tier in the project of its name.
const isApart = process.argv.some((word) => /^--project=.*-alone$/.test(word));

type Tier = NonNullable<TestProjectInlineConfiguration['test']>;

function tier(name: string, test: Tier): TestProjectInlineConfiguration {
  return { extends: true, test: { name, exclude: outside, ...test } };
}

/** Two files at a time where the tests of the whole tier are run, and then one after another those of `alone`. */
function processTier(name: keyof typeof alone, groupOrder: number, test: Tier): TestProjectInlineConfiguration[] {
  const include = [`**/*.${name}.test.ts`];
  if (!isApart) return [tier(name, { ...test, include, maxWorkers: 1, sequence: { groupOrder } })];
  const exclude = [...outside, ...alone[name]];
  return [
    tier(name, { ...test, include, exclude, maxWorkers: 2, sequence: { groupOrder } }),
    tier(`${name}-alone`, { ...test, include: alone[name], maxWorkers: 1, sequence: { groupOrder: groupOrder + 1 } }),
  ];
}

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  // As in tsconfig.base.json: Nest's decorators are the legacy kind; types are not emitted as metadata.
  oxc: { decorator: { legacy: true, emitDecoratorMetadata: false } },
  test: {
    environment: 'node',
    reporters: ['default'],
    restoreMocks: true,
    unstubEnvs: true,
    teardownTimeout: 20_000,
    projects: [
      tier('unit', {
        include: ['**/*.test.ts'],
        exclude: [...outside, ...tiers],
        maxWorkers: 2,
        testTimeout: 5_000,
      }),
      tier('pg', {
        include: ['**/*.pg.test.ts'],
        globalSetup,
        maxWorkers: 2,
        testTimeout: 20_000,
        hookTimeout: 60_000,
        sequence: { groupOrder: 1 },
      }),
      ...processTier('e2e', 2, { globalSetup, testTimeout: 60_000, hookTimeout: 120_000 }),
      ...processTier('conformance', 4, {
        provide: { peers: describePeers(process.env) },
        testTimeout: 300_000,
        hookTimeout: 600_000,
      }),
    ],
  },
});
