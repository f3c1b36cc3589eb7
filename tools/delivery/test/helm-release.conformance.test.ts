import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { requirePeers, runPeer } from '@plinth/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { component, definePlatform } from '../src/description/platform-description.ts';
import { resolvePlatform } from '../src/description/resolve-platform.ts';
import { renderHelm } from '../src/render/helm/render-helm.ts';
import { KubernetesApiServer, parseObjects } from './kubernetes-api-server.ts';
import { writeArtifactsTo } from './rendered-folder.ts';

const peers = requirePeers('helm', 'etcd', 'kube-apiserver');

const description = definePlatform({
  name: 'shop',
  domain: 'shop.example.com',
  registry: 'registry.example.com/shop',
  version: '1.0.0',
  targets: ['helm'],
  infrastructure: [component('valkey-cluster')],
  environments: { production: {} },
});

describe.skipIf(peers.skip)('a release on a real API server', () => {
  let folder: string;
  let server: KubernetesApiServer;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'plinth-release-'));
    const platform = resolvePlatform(description, 'production');
    await writeArtifactsTo(folder, renderHelm({ platform, environments: [platform] }));
    server = await KubernetesApiServer.start(peers.paths, folder);
  }, 300_000);

  afterAll(async () => {
    await server?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  async function helm(...command: string[]): Promise<string> {
    const options = [...server.helmOptions, '--namespace', 'shop-production'];
    const { code, stdout, stderr } = await runPeer(peers.paths.helm, [...command, ...options], { cwd: folder });
    expect([code, stderr.includes('Error')], stderr).toEqual([0, false]);
    return stdout;
  }

  async function release(...more: string[]): Promise<string[]> {
    const chart = [
      'infrastructure',
      'charts/infrastructure',
      '--values',
      'charts/infrastructure/values-production.yaml',
    ];
    await helm('upgrade', '--install', ...chart, '--values', 'images/production.yaml', ...more);
    const objects = parseObjects(await helm('get', 'manifest', 'infrastructure'));
    expect(await helm('get', 'hooks', 'infrastructure')).not.toContain('kind: Job');
    return objects.filter(({ kind }) => kind === 'Job').map(({ metadata }) => metadata.name);
  }

  it('sets components up along with their pods, and again at every upgrade, with another image too', async () => {
    expect(await release('--create-namespace')).toEqual(['valkey-cluster-init']);
    expect(await release('--set', 'valkey-cluster-init.image.tag=9.1.2-alpine')).toEqual(['valkey-cluster-init-2']);
  }, 120_000);
});
