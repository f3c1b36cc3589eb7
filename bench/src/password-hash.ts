import { argon2Sync, randomBytes } from 'node:crypto';
import pg from 'pg';
import type { Keycloak } from './peers/keycloak.ts';
import { median } from './statistics.ts';

/** What a hash of argon2id costs. */
export interface HashParameters {
  /** KiB */
  readonly memory: number;
  readonly passes: number;
  readonly parallelism: number;
}

/** How the platform hashes passwords, by what it stored. */
export async function readPlatformParameters(databaseUrl: string): Promise<HashParameters> {
  const database = new pg.Client({ connectionString: databaseUrl });
  await database.connect();
  try {
    const { rows } = await database.query<{ hash: string }>('SELECT hash FROM auth.passwords LIMIT 1');
    const [, memory, passes, parallelism] =
      /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$/.exec(rows[0]?.hash ?? '') ?? [];
    if (memory === undefined) throw new Error('the stored password is no hash of argon2id');
    return { memory: Number(memory), passes: Number(passes), parallelism: Number(parallelism) };
  } finally {
    await database.end();
  }
}

/** How Keycloak hashes the passwords of a realm, by what it stored. */
export async function readKeycloakParameters(keycloak: Keycloak, realm: string): Promise<HashParameters> {
  const [user] = await keycloak.administer<{ id: string }[]>(`/realms/${realm}/users?max=1`);
  const [credential] = await keycloak.administer<{ credentialData: string }[]>(
    `/realms/${realm}/users/${user?.id}/credentials`,
  );
  const data = JSON.parse(credential?.credentialData ?? '{}') as {
    algorithm?: string;
    hashIterations?: number;
    additionalParameters?: Record<string, string[]>;
  };
  const { algorithm, hashIterations, additionalParameters: more = {} } = data;
  if (algorithm !== 'argon2' || more['type']?.[0] !== 'id')
    throw new Error(`Keycloak hashes with ${algorithm} ${more['type']?.[0]}, not with argon2id`);
  return {
    memory: Number(more['memory']?.[0]),
    passes: Number(hashIterations),
    parallelism: Number(more['parallelism']?.[0]),
  };
}

/** CPU milliseconds of one hash in Node.js; the median of some. */
export function timeHash({ memory, passes, parallelism }: HashParameters): number {
  const times = Array.from({ length: 15 }, () => {
    const before = process.cpuUsage();
    argon2Sync('argon2id', {
      message: 'a long bench password',
      nonce: randomBytes(16),
      parallelism,
      tagLength: 32,
      memory,
      passes,
    });
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1000;
  });
  return median(times);
}
