import { expect, it } from 'vitest';
import { checkDescription } from '../check-description.ts';
import { buildDescription } from '../description.builders.ts';
import { component } from '../platform-description.ts';

it('lets environments share a cluster on whose node they fit together', () => {
  const { faults } = checkDescription(
    buildDescription({
      targets: ['kustomize'],
      node: { cpu: '8', memory: '16Gi' },
      environments: { staging: { domain: 'staging.example.com', cluster: 'vm' }, production: { cluster: 'vm' } },
    }),
  );
  expect(faults).toEqual([]);
});

it('asks of environments with clusters of their own only that each fits alone', () => {
  const { faults } = checkDescription(
    buildDescription({
      targets: ['kustomize'],
      node: { cpu: '16', memory: '2Gi' },
      environments: { staging: { domain: 'staging.example.com' }, production: {} },
    }),
  );
  expect(faults).toEqual([]);
});

it('lets every part of what is highly available run in the number that it brings', () => {
  const { faults } = checkDescription(buildDescription({ infrastructure: [component('postgres-ha')] }));
  expect(faults).toEqual([]);
});
