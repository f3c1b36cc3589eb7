import { existsSync } from 'node:fs';
import type { Target } from '@plinth/delivery';
import { expect, it } from 'vitest';
import { nextSteps, type RenderedTargets } from './next-steps.ts';

const targets: readonly Target[] = [
  'images',
  'compose',
  'helm',
  'kustomize',
  'argocd',
  'flux',
  'gateway',
  'realm',
  'observability',
  'ci',
  'env',
];

function stepsOf(changes: Partial<RenderedTargets>): string[] {
  return nextSteps({
    targets: [],
    environment: 'production',
    out: 'deploy',
    paths: new Set(),
    file: undefined,
    ...changes,
  });
}

it('names the same description, folder and environment in what follows', () => {
  const steps = stepsOf({ targets: ['compose'], environment: 'staging', out: '/srv/out', file: 'examples/x.ts' });
  expect(steps).toEqual([
    'compose  plinth secrets --env staging --out /srv/out/compose/staging/secrets --file examples/x.ts',
    '         docker compose --project-directory /srv/out/compose/staging up --wait',
    '         docs/guides/compose.md',
  ]);
});

it('applies the files of Flux that there are', () => {
  const paths = new Set(['flux/source.yaml', 'flux/production.yaml']);
  expect(stepsOf({ targets: ['flux'], paths }).join()).not.toContain('cluster.yaml');
  expect(stepsOf({ targets: ['flux'], paths: new Set([...paths, 'flux/cluster.yaml']) })[1]).toContain(
    '--filename deploy/flux/source.yaml --filename deploy/flux/cluster.yaml --filename deploy/flux/production.yaml',
  );
});

it.each(targets)('ends with a guide that is there: %s', (target) => {
  const guide = stepsOf({ targets: [target] }).at(-1);
  const path = new URL(`../../../../../${guide?.trim() ?? ''}`, import.meta.url);
  expect(existsSync(path), path.pathname).toBe(true);
});
