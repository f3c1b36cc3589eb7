import { expect, it } from 'vitest';
import { component, definePlatform } from '../../description/platform-description.ts';
import { resolvePlatform } from '../../description/resolve-platform.ts';
import type { ResolvedPlatform } from '../../model/platform-model.ts';
import { buildExternalSecrets } from './external-secret.ts';
import { resolveNetworkRules } from './network-rules.ts';
import { renderSecretList } from './secret-list.ts';

function platformWith(secretStore: ResolvedPlatform['cluster']['secretStore']): ResolvedPlatform {
  const platform = resolvePlatform(
    definePlatform({
      name: 'shop',
      domain: 'shop.example.com',
      registry: 'registry.example.com/shop',
      version: '1.0.0',
      targets: ['kustomize'],
      infrastructure: [component('postgres'), component('object-store'), component('airbyte')],
      environments: { production: {} },
    }),
    'production',
  );
  return { ...platform, cluster: { ...platform.cluster, secretStore } };
}

it('makes one object of several entries of the store where a chart names its keys', () => {
  const made = buildExternalSecrets(platformWith('external-secrets')).find(
    ({ metadata }) => metadata.name === 'airbyte-settings',
  );
  expect(made?.['spec']).toMatchObject({
    target: {
      template: {
        engineVersion: 'v2',
        data: { DATABASE_USER: 'airbyte', DATABASE_PASSWORD: '{{ index . "airbyte-database-password" }}' },
      },
    },
  });
  expect(made?.['spec']).toHaveProperty(
    'data',
    expect.arrayContaining([
      {
        secretKey: 'airbyte-database-password',
        remoteRef: { key: 'shop/production/airbyte-database-password' },
      },
    ]),
  );
});

it('tells how such an object is made where nobody makes it', () => {
  const list = renderSecretList(platformWith('existing'));
  expect(list).toContain('kubectl create secret generic airbyte-settings --namespace');
  expect(list).toContain("  --from-literal=DATABASE_USER='airbyte'\n```");
  expect(list).toContain('  --from-file=DATABASE_PASSWORD=secrets/airbyte-database-password \\\n');
  expect(renderSecretList(platformWith('external-secrets'))).not.toContain('--from-literal');
});

it('lets the pods of a chart reach what it needs', () => {
  const platform = platformWith('existing');
  const postgres = platform.workloads.find(({ name }) => name === 'postgres');
  if (postgres === undefined) throw new Error('there is no database');
  const { ingress } = resolveNetworkRules(platform, postgres);
  expect(JSON.stringify(ingress)).toContain('"operator":"NotIn"');
});
