import type { CatalogueEntry, ContainerDefinition } from './catalogue-entry.ts';

/** A container without a fault, with some of it changed. */
export function container(changes: Partial<ContainerDefinition> = {}): ContainerDefinition {
  return {
    name: '',
    image: 'example/store:1.2.3',
    ports: [{ name: 'http', port: 8080, protocol: 'http' }],
    health: { check: ['store', 'ping'], http: { path: '/ready', port: 8080 } },
    resources: { requests: { cpu: '100m', memory: '64Mi' }, limits: { cpu: '1', memory: '128Mi' } },
    hardening: { user: 1000, group: 1000, readOnlyRoot: true },
    ...changes,
  };
}

/** An entry without a fault, with some of it changed. */
export function entry(changes: Partial<CatalogueEntry> = {}): CatalogueEntry {
  return {
    name: 'store',
    title: 'Store',
    doc: 'Keeps things.',
    tier: '04',
    version: '1.2.3',
    license: 'MIT',
    website: 'https://example.com',
    settings: { members: { type: 'integer', default: 3, doc: 'number of members' } },
    secrets: [{ name: 'password', doc: 'password of the superuser' }],
    containers: [container()],
    requires: [],
    provides: ['storage'],
    watch: { dashboard: 'resources' },
    kubernetes: { form: 'workloads' },
    backup: { method: 'none', because: 'holds nothing' },
    ...changes,
  };
}
