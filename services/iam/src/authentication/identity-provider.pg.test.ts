import type { BetterAuthOptions } from 'better-auth';
import { getMigrations } from 'better-auth/db/migration';
import { jwt } from 'better-auth/plugins/jwt';
import { createLogger } from '@plinth/common';
import type { ServiceUnderTest } from '@plinth/testing';
import { PostgresDialect } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startIam } from '../../test/builders.ts';
import { createIdentityPool } from './identity-pool.ts';
import { identitySchema } from './identity-provider.ts';

let iam: ServiceUnderTest;
beforeAll(async () => {
  iam = await startIam();
});
afterAll(() => iam.stop());

test('has every table and column that the identity library writes', async () => {
  const pool = createIdentityPool(iam.database.pool, createLogger({ level: 'silent' }));
  try {
    const options: BetterAuthOptions = {
      baseURL: 'http://localhost:3000',
      secret: 'for this comparison only, not a secret',
      database: { dialect: new PostgresDialect({ pool }), type: 'postgres', schemaName: identitySchema },
      emailAndPassword: { enabled: true },
      plugins: [jwt()],
      telemetry: { enabled: false },
      logger: { disabled: true },
    };
    const { toBeCreated, toBeAdded } = await getMigrations(options);
    expect({ toBeCreated, toBeAdded }).toEqual({ toBeCreated: [], toBeAdded: [] });
  } finally {
    await pool.end();
  }
});
