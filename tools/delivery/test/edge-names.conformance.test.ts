import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findFreePort, loadBaseImages, requirePeers, startDockerEngine, type DockerEngine } from '@plinth/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { component, definePlatform, image } from '../src/description/platform-description.ts';
import { NODE_IMAGE, resolvePlatform } from '../src/description/resolve-platform.ts';
import { renderedFolder } from '../src/render/ci/layout.ts';
import { completePlatform } from '../src/render/complete-platform.ts';
import { renderCompose } from '../src/render/compose/compose.ts';
import { openStack, type ComposeStack } from './compose-stack.ts';
import { writeArtifactsTo } from './rendered-folder.ts';

const peers = requirePeers('docker', 'docker-compose', 'base-images');
const minutes = 60_000;

const answer = "require('http').createServer((request, response) => response.end(request.headers.host)).listen(3000)";
const description = definePlatform({
  name: 'names',
  domain: 'localhost',
  registry: 'registry.example.com/names',
  version: '1.0.0',
  targets: ['compose'],
  applications: [
    image('issuer', {
      image: NODE_IMAGE,
      host: 'auth',
      port: 3000,
      arguments: ['node', '-e', answer],
      health: { command: ['node', '-e', "fetch('http://127.0.0.1:3000').catch(() => process.exit(1))"] },
    }),
  ],
  infrastructure: [component('traefik')],
  environments: { development: {} },
});

describe.skipIf(peers.skip)('public hosts on the machine of a developer', () => {
  let engine: DockerEngine | undefined;
  let stack: ComposeStack;
  let folder: string;

  beforeAll(async () => {
    engine = await startDockerEngine();
    if (engine === undefined) return;
    await loadBaseImages(engine, 'node', 'traefik');
    folder = await mkdtemp(join(tmpdir(), 'plinth-names-'));
    const resolved = resolvePlatform(description, 'development');
    const { platform } = completePlatform(resolved, [resolved]);
    const compose = join(folder, renderedFolder, 'compose/development');
    await mkdir(compose, { recursive: true });
    await writeArtifactsTo(compose, renderCompose({ platform, environments: [platform] }));
    stack = await openStack(folder, 'development', engine, await findFreePort());
  }, 5 * minutes);

  afterAll(async () => {
    if (engine === undefined) return;
    await stack?.compose('down', '--volumes', '--timeout', '5');
    if (folder !== undefined) await rm(folder, { recursive: true, force: true });
    await engine.stop();
  }, 5 * minutes);

  it(
    'lead from a container that has no way out through the edge to what is behind it',
    async ({ skip }) => {
      if (engine === undefined) return skip('no Docker engine');
      const up = await stack.compose('up', '--detach', '--wait', '--wait-timeout', '120');
      expect(up.code, up.output).toBe(0);
      const ask = "fetch('http://auth.localhost/').then(async (answer) => console.log(await answer.text()))";
      const { output } = await stack.compose('exec', '--no-TTY', 'issuer', 'node', '-e', ask);
      expect(output.trim()).toBe('auth.localhost');
    },
    5 * minutes,
  );
});
