import { defineEntry } from '../catalogue-entry.ts';

export const objectStore = defineEntry({
  name: 'object-store',
  title: 'SeaweedFS',
  doc: 'Object store with the S3 protocol; a job makes its buckets. Chosen over MinIO, whose free images ended.',
  tier: '04',
  version: '4.48',
  license: 'Apache-2.0',
  website: 'https://github.com/seaweedfs/seaweedfs',
  settings: {
    buckets: {
      type: 'string',
      default: 'uploads,backups',
      doc: 'buckets that are made beside those of components, with commas',
    },
    storage: { type: 'string', default: '20Gi', doc: 'size of the data volume' },
  },
  secrets: [
    { name: 'access-key', doc: 'access key of the platform' },
    { name: 'secret-key', doc: 'secret key of the platform' },
  ],
  containers: [
    {
      name: '',
      image: 'chrislusf/seaweedfs:4.48',
      shortTagBecause: 'releases of SeaweedFS have two numbers',
      command: [
        '/bin/sh',
        '-c',
        [
          'set -eu',
          'umask 077',
          'printf \'{"identities":[{"name":"platform","credentials":[{"accessKey":"%s","secretKey":"%s"}],' +
            '"actions":["Admin","Read","List","Tagging","Write"]}]}\' ' +
            '"$(cat ${secret.access-key})" "$(cat ${secret.secret-key})" > /tmp/s3.json',
          'exec weed server -dir=/data -ip=${name} -ip.bind=0.0.0.0 -master.volumeSizeLimitMB=1024 -volume.max=0' +
            ' -filer=true -s3=true -s3.port=8333 -s3.config=/tmp/s3.json -metricsPort=9327',
        ].join('\n'),
      ],
      ports: [
        { name: 's3', port: 8333, protocol: 'http' },
        { name: 'master', port: 9333, protocol: 'http' },
        { name: 'master-grpc', port: 19333, protocol: 'grpc' },
        { name: 'filer', port: 8888, protocol: 'http' },
        { name: 'filer-grpc', port: 18888, protocol: 'grpc' },
        { name: 'metrics', port: 9327, protocol: 'http' },
      ],
      volumes: [{ name: 'data', path: '/data', size: '${settings.storage}' }],
      health: {
        check: ['wget', '--quiet', '--output-document=/dev/null', 'http://127.0.0.1:8333/healthz'],
        http: { path: '/healthz', port: 8333 },
        startSeconds: 30,
      },
      resources: { requests: { cpu: '100m', memory: '256Mi' }, limits: { cpu: '1', memory: '768Mi' } },
      hardening: { user: 1000, group: 1000, readOnlyRoot: true, temporaryFolders: ['/tmp'] },
      metrics: { path: '/metrics', port: 9327 },
    },
    {
      name: 'buckets',
      title: 'Makes the buckets',
      image: 'chrislusf/seaweedfs:4.48',
      shortTagBecause: 'releases of SeaweedFS have two numbers',
      command: [
        '/bin/sh',
        '-c',
        [
          'set -eu',
          'existing="$(echo s3.bucket.list | weed shell -master=${name}:9333 -filer=${name}:8888)"',
          "for bucket in $(echo '${buckets}' | tr ',' ' '); do",
          '  echo "$existing" | grep -Eq "^ *$bucket([[:space:]]|$)" && continue',
          '  echo "s3.bucket.create -name $bucket" | weed shell -master=${name}:9333 -filer=${name}:8888',
          'done',
        ].join('\n'),
      ],
      ports: [],
      health: 'runs-once',
      resources: { requests: { cpu: '25m', memory: '64Mi' }, limits: { cpu: '250m', memory: '128Mi' } },
      hardening: { user: 1000, group: 1000, readOnlyRoot: true, temporaryFolders: ['/tmp'] },
      dependsOn: [{ container: '', condition: 'healthy' }],
    },
  ],
  requires: [],
  provides: ['object-store', 's3'],
  endpoint: { container: '', port: 8333 },
  watch: { dashboard: 'resources' },
  kubernetes: { form: 'workloads' },
  backup: { method: 'volume', schedule: '0 4 * * *', keepDays: 14 },
});
