import { expect, it } from 'vitest';
import { buildDescription } from '../description/description.builders.ts';
import { component } from '../description/platform-description.ts';
import { resolvePlatform } from '../description/resolve-platform.ts';
import { diffEnvironments } from './environment-difference.ts';
import { renderDiagram } from './platform-diagram.ts';
import { renderTree } from './platform-tree.ts';

const development = resolvePlatform(buildDescription(), 'development');
const production = resolvePlatform(buildDescription(), 'production');

it('shows every workload, its place and its hosts', () => {
  const tree = renderTree(production);
  for (const { name } of production.workloads) expect(tree).toMatch(new RegExp(`─ ${name}  `));
  expect(tree).toContain('web  registry.example.com/shop/web:1.0.0 · 100m CPU 192Mi · ×2 · web.shop.example.com');
  expect(tree.split('\n').at(-1)).toMatch(/^\d+ containers, \d+ routes, \d+ secrets; requests /);
});

it('shows what a chart runs, and every host of a component', () => {
  const infrastructure = [
    ...(buildDescription().infrastructure ?? []),
    component('valkey'),
    component('object-store'),
    component('keycloak'),
    component('terrakube'),
    component('harbor'),
  ];
  const tree = renderTree(resolvePlatform(buildDescription({ infrastructure }), 'production'));
  expect(tree).toContain('└─ Charts, on Kubernetes\n   └─ harbor  chart harbor 1.19.1 · harbor.shop.example.com\n');
  expect(tree).toMatch(/─ terrakube-registry {2}.* · terrakube-registry\.shop\.example\.com\n/);
});

it('draws every workload and a line for every dependency', () => {
  const diagram = renderDiagram(production);
  for (const { name } of production.workloads) expect(diagram).toContain(`>${name}</text>`);
  const dependencies = production.workloads.reduce((sum, { dependsOn }) => sum + dependsOn.length, 0);
  expect(diagram.match(/class="line"/g)).toHaveLength(dependencies);
});

it('shows what differs between two environments, by the name of the thing', () => {
  const differences = diffEnvironments(development, production);
  expect(differences).toContainEqual({ path: 'workloads.web.replicas', left: 1, right: 2 });
  expect(differences).toContainEqual({ path: 'domain', left: 'localhost', right: 'shop.example.com' });
  expect(diffEnvironments(production, production)).toEqual([]);
});
