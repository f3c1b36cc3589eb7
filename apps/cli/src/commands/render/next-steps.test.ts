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
    cluster: 'vm',
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

it('applies the files of the cluster that the environment is on', () => {
  expect(stepsOf({ targets: ['flux'] })[1]).toContain('--filename deploy/flux/clusters/vm.yaml');
  expect(stepsOf({ targets: ['argocd'] })[1]).toContain('--filename deploy/argocd/clusters/vm/root.yaml');
});

it.each(targets)('ends with a guide that is there: %s', (target) => {
  const guide = stepsOf({ targets: [target] }).at(-1);
  const path = new URL(`../../../../../${guide?.trim() ?? ''}`, import.meta.url);
  expect(existsSync(path), path.pathname).toBe(true);
});
