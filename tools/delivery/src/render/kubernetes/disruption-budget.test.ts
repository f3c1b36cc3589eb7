import { expect, it } from 'vitest';
import { component, definePlatform } from '../../description/platform-description.ts';
import { resolvePlatform } from '../../description/resolve-platform.ts';
import { buildPlatformObjects } from './platform-objects.ts';

function budgetsOf(entry: 'postgres' | 'postgres-ha'): Record<string, unknown> {
  const platform = resolvePlatform(
    definePlatform({
      name: 'shop',
      domain: 'shop.example.com',
      registry: 'registry.example.com/shop',
      version: '1.0.0',
      targets: ['kustomize'],
      infrastructure: [component(entry)],
      environments: { production: {} },
    }),
    'production',
  );
  const objects = buildPlatformObjects(platform).map(({ object }) => object);
  const budgets = objects.filter(({ kind }) => kind === 'PodDisruptionBudget');
  return Object.fromEntries(budgets.map(({ metadata, spec }) => [metadata.name, spec]));
}

it('keeps a majority of members, each of which is a StatefulSet of its own, while nodes are drained', () => {
  const budgets = budgetsOf('postgres-ha');
  expect(Object.keys(budgets).toSorted()).toEqual([
    'postgres-ha-etcd-members',
    'postgres-ha-haproxy',
    'postgres-ha-node-members',
  ]);
  expect(budgets['postgres-ha-etcd-members']).toMatchObject({
    maxUnavailable: 1,
    selector: {
      matchExpressions: [
        {
          key: 'app.kubernetes.io/name',
          operator: 'In',
          values: ['postgres-ha-etcd-1', 'postgres-ha-etcd-2', 'postgres-ha-etcd-3'],
        },
      ],
    },
  });
});

it('gives what has one pod no budget', () => {
  expect(budgetsOf('postgres')).toEqual({});
});
