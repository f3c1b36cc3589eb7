import { defineEntry } from '../catalogue-entry.ts';

export const qdrant = defineEntry({
  name: 'qdrant',
  title: 'Qdrant',
  doc: 'Vector database.',
  tier: '04',
  profile: 'qdrant',
  version: '1.19.1',
  license: 'Apache-2.0',
  website: 'https://qdrant.tech',
  settings: {
    storage: { type: 'string', default: '10Gi', doc: 'size of the data volume' },
  },
  secrets: [{ name: 'api-key', doc: 'what clients must show' }],
  containers: [
    {
      name: '',
      image: 'qdrant/qdrant:v1.19.1-unprivileged',
      command: [
        '/bin/sh',
        '-c',
        'export QDRANT__SERVICE__API_KEY="$(cat ${secret.api-key})"; cd /qdrant && exec ./entrypoint.sh',
      ],
      ports: [
        { name: 'http', port: 6333, protocol: 'http' },
        { name: 'grpc', port: 6334, protocol: 'grpc' },
      ],
      variables: {
        QDRANT__STORAGE__STORAGE_PATH: '/qdrant/storage',
        QDRANT__STORAGE__SNAPSHOTS_PATH: '/qdrant/storage/snapshots',
        QDRANT__TELEMETRY_DISABLED: 'true',
        QDRANT_INIT_FILE_PATH: '/tmp/.qdrant-initialized',
      },
      volumes: [{ name: 'data', path: '/qdrant/storage', size: '${settings.storage}' }],
      // The image has bash and no HTTP client.
      health: {
        check: [
          '/bin/bash',
          '-c',
          "{ printf 'GET /readyz HTTP/1.0\\r\\n\\r\\n' >&0; grep -q ' 200 '; } 0<>/dev/tcp/127.0.0.1/6333",
        ],
        http: { path: '/readyz', port: 6333 },
        startSeconds: 15,
      },
      resources: { requests: { cpu: '100m', memory: '192Mi' }, limits: { cpu: '1', memory: '768Mi' } },
      hardening: { user: 1000, group: 1000, readOnlyRoot: true, temporaryFolders: ['/tmp'] },
    },
  ],
  requires: [],
  provides: ['vector-database'],
  watch: { dashboard: 'resources' },
  kubernetes: { form: 'workloads' },
  backup: { method: 'native', schedule: '0 2 * * *', keepDays: 14, doc: 'snapshot of each collection' },
});
