import { expect, it } from 'vitest';
import type { ResolvedPlatform } from '../../model/platform-model.ts';
import { buildPlatform } from './kubernetes.builders.ts';
import { renderOperatorList } from './operator-list.ts';

function listFor(airGapped: boolean): string {
  const platform: ResolvedPlatform = buildPlatform();
  const cluster = { ...platform.cluster, secretStore: 'sealed-secrets' as const, airGapped };
  return renderOperatorList([{ ...platform, routes: [], cluster }]) ?? '';
}

it('installs each operator as a release of its own, named as kubeseal looks for it', () => {
  expect(listFor(false)).toContain(
    'helm upgrade --install sealed-secrets sealed-secrets --repo https://bitnami-labs.github.io/sealed-secrets --version 2.19.3 --namespace sealed-secrets --create-namespace --wait --set-json \'fullnameOverride="sealed-secrets"\'',
  );
  expect(listFor(false)).not.toContain('helm pull');
});

it('says how charts get into a repository of a cluster that reaches nothing', () => {
  const list = listFor(true);
  expect(list).toContain('helm pull sealed-secrets --repo');
  expect(list).toContain('helm upgrade --install sealed-secrets ../third-party/sealed-secrets --namespace');
});

it('is no file where nothing is needed', () => {
  const platform = buildPlatform();
  const cluster = { ...platform.cluster, secretStore: 'existing' as const };
  expect(renderOperatorList([{ ...platform, routes: [], cluster }])).toBeUndefined();
});
