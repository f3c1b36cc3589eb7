import { defineEntry } from '../catalogue-entry.ts';

export const cadvisor = defineEntry({
  name: 'cadvisor',
  title: 'cAdvisor',
  doc: 'CPU and memory of each container on a Compose host; on a cluster the kubelet has it built in.',
  tier: '06',
  version: '0.55.1',
  license: 'Apache-2.0',
  website: 'https://github.com/google/cadvisor',
  settings: {},
  secrets: [],
  containers: [
    {
      name: '',
      image: 'gcr.io/cadvisor/cadvisor:v0.55.1',
      arguments: [
        '--housekeeping_interval=30s',
        '--docker_only=false',
        '--store_container_labels=false',
        '--disable_metrics=percpu,sched,tcp,udp,hugetlb,referenced_memory,cpu_topology,resctrl',
      ],
      ports: [{ name: 'http', port: 8080, protocol: 'http' }],
      // Without Docker's socket: containers are named by their identifiers, and nobody here can start one.
      hostPaths: [
        { hostPath: '/sys', path: '/sys', because: 'control groups of all containers are what it measures' },
        {
          hostPath: '/var/lib/docker',
          path: '/var/lib/docker',
          because: 'it tells containers and their disk use apart',
        },
      ],
      health: {
        check: ['wget', '--quiet', '--output-document=/dev/null', 'http://127.0.0.1:8080/healthz'],
        http: { path: '/healthz', port: 8080 },
        startSeconds: 20,
      },
      resources: { requests: { cpu: '100m', memory: '96Mi' }, limits: { cpu: '500m', memory: '256Mi' } },
      // Docker's folders belong to root.
      hardening: { user: 0, group: 0, readOnlyRoot: true, temporaryFolders: ['/tmp'] },
      metrics: { path: '/metrics', port: 8080 },
    },
  ],
  requires: [{ anyOf: ['prometheus'], because: 'it is asked by Prometheus' }],
  provides: [],
  watch: { dashboard: 'resources' },
  kubernetes: { form: 'workloads' },
  backup: { method: 'none', because: 'keeps nothing' },
});
