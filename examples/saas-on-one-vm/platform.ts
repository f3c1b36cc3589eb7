import { component, definePlatform } from '@plinth/delivery';
import { coreServices } from '@plinth/platform/core-services';

/** A software business on one virtual machine: k3s with 16 GB, Helm and Argo CD, Keycloak and Kong. */
export const platform = definePlatform({
  name: 'saas',
  title: 'SaaS on one VM',
  domain: 'saas.example.com',
  registry: 'registry.example.com/saas',
  version: '1.4.0',
  targets: ['images', 'helm', 'kustomize', 'argocd', 'gateway', 'realm', 'observability', 'ci', 'env'],
  edge: 'kong',
  services: coreServices,
  infrastructure: [
    component('postgres', { maxConnections: 200 }),
    component('pgbouncer'),
    component('redis'),
    component('rabbitmq'),
    component('keycloak'),
    component('kong'),
  ],
  identity: { brokers: ['google', 'github', 'microsoft'] },
  cluster: { kind: 'k3s', secretStore: 'sealed-secrets' },
  gitOps: { repository: 'https://git.example.com/saas/deploy.git' },
  node: { cpu: '8', memory: '16Gi', reserved: { cpu: '1', memory: '4Gi' } },
  environments: {
    development: { domain: 'localhost' },
    staging: { domain: 'staging.saas.example.com', version: '1.5.0-rc.1' },
    production: { replicas: { iam: 2 } },
  },
});
