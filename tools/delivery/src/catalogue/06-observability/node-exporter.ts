import { defineEntry } from '../catalogue-entry.ts';

export const nodeExporter = defineEntry({
  name: 'node-exporter',
  title: 'Node exporter',
  doc: 'CPU, memory, file systems and disks of the machine.',
  tier: '06',
  version: '1.12.1',
  license: 'Apache-2.0',
  website: 'https://github.com/prometheus/node_exporter',
  settings: {},
  secrets: [],
  containers: [
    {
      name: '',
      image: 'prom/node-exporter:v1.12.1',
      arguments: [
        '--path.rootfs=/host',
        '--path.procfs=/host/proc',
        '--path.sysfs=/host/sys',
        '--collector.filesystem.mount-points-exclude=^/(dev|proc|run|sys|var/lib/docker|var/lib/kubelet)($|/)',
      ],
      ports: [{ name: 'http', port: 9100, protocol: 'http' }],
      hostPaths: [
        { hostPath: '/', path: '/host', because: 'file systems and disks of the machine are what it measures' },
      ],
      health: {
        check: ['wget', '--quiet', '--output-document=/dev/null', 'http://127.0.0.1:9100/metrics'],
        http: { path: '/metrics', port: 9100 },
        startSeconds: 5,
      },
      resources: { requests: { cpu: '20m', memory: '24Mi' }, limits: { cpu: '250m', memory: '64Mi' } },
      hardening: { user: 65534, group: 65534, readOnlyRoot: true },
      metrics: { path: '/metrics', port: 9100 },
    },
  ],
  requires: [{ anyOf: ['prometheus'], because: 'it is asked by Prometheus' }],
  provides: [],
  watch: { dashboard: 'resources' },
  kubernetes: { form: 'workloads' },
  backup: { method: 'none', because: 'keeps nothing' },
});
