import { component, definePlatform } from '@plinth/delivery';
import { coreServices } from './core-services.ts';

/** The platform of this repository: the core services on one machine or in a cluster. */
export const platform = definePlatform({
  name: 'plinth',
  title: 'Plinth',
  domain: 'plinth.example.com',
  registry: 'registry.example.com/plinth',
  version: '0.1.0',
  targets: ['images', 'compose', 'helm', 'kustomize', 'argocd', 'flux', 'gateway', 'observability', 'ci', 'env'],
  edge: 'traefik',
  services: coreServices,
  applications: [],
  infrastructure: [component('postgres', { maxConnections: 120 }), component('pgbouncer')],
  node: { cpu: '4', memory: '8Gi', reserved: { cpu: '500m', memory: '1Gi' } },
  environments: {
    development: { domain: 'localhost' },
    staging: { domain: 'staging.plinth.example.com' },
    production: { replicas: { iam: 2 } },
  },
});
