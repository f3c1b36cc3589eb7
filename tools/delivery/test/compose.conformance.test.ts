import { mkdir, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { requirePeers, runPeer, type PeerRun } from '@plinth/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import type { Artifact } from '../src/render/artifact.ts';
import { renderedFolder } from '../src/render/ci/layout.ts';
import { renderCompose } from '../src/render/compose/compose.ts';
import { exampleNames, loadExample, loadOwnPlatform } from './example-platforms.ts';
import { writeArtifactsTo } from './rendered-folder.ts';

// The current line, and the last of the one that most hosts have.
const peers = requirePeers('docker-compose', 'docker-compose-v2');
const builder = requirePeers('docker-buildx');
const layers = ['compose.yaml', 'compose.dev.yaml', 'compose.monitoring.yaml'];

// oxlint-disable-next-line no-explicit-any
type Tree = any;

describe.skipIf(peers.skip)('docker compose config', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'plinth-compose-config-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  async function rendered(name: (typeof exampleNames)[number]): Promise<Map<string, Artifact[]>> {
    const { environments } = await loadExample(name);
    const named = environments.filter(({ targets }) => targets.includes('compose'));
    return new Map(named.map((platform) => [platform.environment, renderCompose({ platform, environments })]));
  }

  async function write(path: string, artifacts: readonly Artifact[]): Promise<Compose> {
    const cwd = join(folder, path);
    await writeArtifactsTo(cwd, artifacts);
    const files = layers.filter((file) => artifacts.some((artifact) => artifact.path === file));
    return async (args, env = {}) => {
      const all = [...files.flatMap((file) => ['--file', file]), ...args];
      return Promise.all(Object.values(peers.paths).map((binary) => runPeer(binary, all, { cwd, env })));
    };
  }

  it.each(exampleNames)(
    'accepts every layer and every profile of %s without a warning',
    async (name) => {
      for (const [environment, artifacts] of await rendered(name)) {
        const compose = await write(join(name, environment), artifacts);
        const [listed] = await compose(['--profile', '*', 'config', '--profiles']);
        const profiles = listed!.stdout.split('\n').filter(Boolean);
        // A profile alone must be complete: nothing in it needs what only another one starts.
        for (const chosen of [[], ['*'], ...profiles.map((profile) => [profile])]) {
          const runs = await compose([...chosen.flatMap((profile) => ['--profile', profile]), 'config', '--quiet']);
          for (const run of runs)
            expect({ environment, chosen, ...run }).toMatchObject({ code: 0, stdout: '', stderr: '' });
        }
        if (profiles.length > 0) expect(profiles).toContain('all');
      }
    },
    600_000,
  );

  it.skipIf(builder.skip)(
    'builds from the root of the repository with the rendered Dockerfiles, wherever either is',
    async () => {
      const artifacts = renderCompose(await loadOwnPlatform());
      const compose = await write(`repository/${renderedFolder}/compose/production`, artifacts);
      const plugins = join(folder, 'docker/cli-plugins');
      await mkdir(plugins, { recursive: true });
      await symlink(builder.paths['docker-buildx'], join(plugins, 'docker-buildx'));
      const elsewhere = { PLINTH_SOURCE: '/srv/checkout', PLINTH_RENDERED: '/srv/rendered' };
      const builds = async (env: Readonly<Record<string, string>>): Promise<Tree[]> =>
        (await compose(['build', '--print', 'iam'], { ...env, DOCKER_CONFIG: join(folder, 'docker') })).map(
          ({ stdout }) => JSON.parse(stdout).target.iam,
        );
      const repository = join(folder, 'repository');
      for (const build of await builds({})) {
        const dockerfile = join(repository, renderedFolder, 'images/iam/Dockerfile');
        expect(build).toMatchObject({ context: repository, dockerfile, target: 'runtime' });
      }
      for (const build of await builds(elsewhere))
        expect(build).toMatchObject({ context: '/srv/checkout', dockerfile: '/srv/rendered/images/iam/Dockerfile' });
    },
  );

  it.each([
    [
      'a dependency that is no service',
      (tree: Tree) => (tree.services.gateway.depends_on.nothing = { condition: 'service_started' }),
    ],
    ['a volume that nothing defines', (tree: Tree) => (tree.services.postgres.volumes[0].source = 'elsewhere')],
    ['a secret that nothing defines', (tree: Tree) => delete tree.secrets['database-url']],
    ['a network that nothing defines', (tree: Tree) => tree.services.gateway.networks.push('side')],
    [
      'a condition that does not exist',
      (tree: Tree) => (tree.services.gateway.depends_on.pgbouncer.condition = 'healthy'),
    ],
    ['a key in the wrong place', (tree: Tree) => (tree.services.gateway.limits = { cpus: '1' })],
    ['a database outside the profile', (tree: Tree) => (tree.services.postgres.profiles = ['data'])],
  ])('refuses %s', async (fault, breakIt) => {
    const artifacts = renderCompose(await loadOwnPlatform()).map((artifact) => {
      if (artifact.path !== 'compose.yaml') return artifact;
      const tree: Tree = parse(artifact.content);
      breakIt(tree);
      return { ...artifact, content: stringify(tree) };
    });
    const compose = await write(fault, artifacts);
    for (const { code, stderr } of await compose(['config', '--quiet'])) {
      expect(code).not.toBe(0);
      expect(stderr).not.toBe('');
    }
  });
});

/** Runs each version of Compose. */
type Compose = (args: readonly string[], env?: Readonly<Record<string, string>>) => Promise<PeerRun[]>;
