import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLogger } from '@plinth/common';
import { requirePeers, runMainJob, runPeer } from '@plinth/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startPlatform, type Platform } from '../src/index.ts';
import { ApiCaller } from './api-caller.ts';

const peers = requirePeers('scim2-tester');
let directory: string;
let platform: Platform;

describe.skipIf(peers.skip)('SCIM', () => {
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'plinth-scim-'));
    await chmod(directory, 0o755);
    platform = await startPlatform({
      port: 0,
      dataDirectory: join(directory, 'data'),
      environment: {},
      log: createLogger({ level: 'silent' }),
    });
  }, 60_000);
  afterAll(async () => {
    await platform?.stop();
    await rm(directory, { recursive: true, force: true, maxRetries: 20 });
  });

  test('scim2-tester finds nothing to object to, neither in an error nor in a deviation', async () => {
    const { owner } = await runMainJob(await ApiCaller.signUp(platform.url, 'ada@example.com'));
    const { key } = await owner.expect('POST', '/api-keys', { name: 'directory', scopes: ['scim:write'] });
    const { code, stdout, stderr } = await runPeer(
      peers.paths['scim2-tester'],
      ['--url', `${platform.url}/api/v1/scim/v2`, 'test', '--verbose'],
      { env: { SCIM_CLI_HEADERS: `Authorization: Bearer ${key}` } },
    );
    const statuses = [...stdout.matchAll(/^([A-Z]+) \w+$/gm)].map(([, status]) => status!);
    const refused = stdout.match(/^(?!SUCCESS)[A-Z]+ \w+\n.*/gm) ?? [];
    expect({ code, refused, stderr }).toEqual({ code: 0, refused: [], stderr: '' });
    // Attributes of users, groups and extensions are each added, replaced and removed.
    expect(statuses.length).toBeGreaterThan(80);
  });
});
