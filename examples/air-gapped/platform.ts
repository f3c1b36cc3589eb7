import { component, definePlatform, image, nest, svelteKit } from '@plinth/delivery';

/** A kubeadm cluster of a connected and an air-gapped node: images come by bundle, nothing is pulled. */
export const platform = definePlatform({
  name: 'vault',
  title: 'Air-gapped',
  domain: 'vault.internal.example.com',
  registry: 'registry.vault.internal.example.com/vault',
  version: '3.0.2',
  targets: ['images', 'kustomize', 'argocd', 'flux', 'gateway', 'observability', 'env'],
  edge: 'nginx',
  cluster: {
    kind: 'kubeadm',
    ingressClass: 'nginx',
    storageClass: 'local-storage',
    secretStore: 'sealed-secrets',
    airGapped: true,
    tolerations: [{ key: 'plinth.dev/air-gapped', value: 'true', effect: 'NoSchedule' }],
  },
  applications: [
    nest('identity', { host: 'id', database: true, public: true, dependsOn: ['kafka'] }),
    nest('user', { host: 'users', database: true, dependsOn: ['kafka', 'identity'] }),
    nest('blog', { host: 'blog-api', database: true, dependsOn: ['kafka', 'identity'] }),
    svelteKit('front-end', { host: 'www', dependsOn: ['identity', 'user', 'blog'] }),
    image('status', {
      image: 'ghcr.io/louislam/uptime-kuma:2.0.2-rootless',
      port: 3001,
      public: true,
      health: { live: '/api/entry-page', ready: '/api/entry-page' },
      volumes: { '/app/data': '2Gi' },
    }),
  ],
  infrastructure: [
    component('postgres', { maxConnections: 100 }),
    component('pgbouncer'),
    component('kafka', { members: 3 }),
    component('prometheus'),
    component('alertmanager'),
    component('grafana'),
    component('postgres-exporter'),
    component('kafka-exporter'),
  ],
  gitOps: { repository: 'https://git.vault.internal.example.com/vault/deploy.git' },
  node: { cpu: '16', memory: '32Gi', reserved: { cpu: '2', memory: '4Gi' } },
  environments: {
    staging: { domain: 'staging.vault.internal.example.com' },
    production: { replicas: { identity: 2, 'front-end': 2 } },
  },
});
