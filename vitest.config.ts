import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { configDefaults, defineConfig } from 'vitest/config';
import type { TestProjectInlineConfiguration } from 'vitest/config';
import { describePeers } from './scripts/peers/find-peers.mjs';

const databaseSetup = fileURLToPath(new URL('libs/testing/src/global-setup.ts', import.meta.url));
const globalSetup = existsSync(databaseSetup) ? [databaseSetup] : [];

// Workspace packages resolve to their TypeScript sources: a test never runs against a stale build.
const conditions = ['source', 'module', 'node', 'development|production'];
const tiers = ['**/*.pg.test.ts', '**/*.e2e.test.ts', '**/*.conformance.test.ts'];
const outside = [...configDefaults.exclude, '**/dist/**', '**/.cache/**', '**/.plinth/**'];

type Tier = NonNullable<TestProjectInlineConfiguration['test']>;

function tier(name: string, test: Tier): TestProjectInlineConfiguration {
  return { extends: true, test: { name, exclude: outside, ...test } };
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
      tier('unit', { include: ['**/*.test.ts'], exclude: [...outside, ...tiers], testTimeout: 5_000 }),
      tier('pg', {
        include: ['**/*.pg.test.ts'],
        globalSetup,
        maxWorkers: 2,
        testTimeout: 20_000,
        hookTimeout: 60_000,
        sequence: { groupOrder: 1 },
      }),
      tier('e2e', {
        include: ['**/*.e2e.test.ts'],
        globalSetup,
        maxWorkers: 1,
        testTimeout: 60_000,
        hookTimeout: 120_000,
        sequence: { groupOrder: 2 },
      }),
      tier('conformance', {
        include: ['**/*.conformance.test.ts'],
        provide: { peers: describePeers(process.env) },
        maxWorkers: 1,
        testTimeout: 300_000,
        hookTimeout: 600_000,
        sequence: { groupOrder: 3 },
      }),
    ],
  },
});
