import { defineEntry } from '../catalogue-entry.ts';

export const opentofu = defineEntry({
  name: 'opentofu',
  title: 'OpenTofu',
  doc: 'Command line for infrastructure as code, the free successor of Terraform; runs once over its workspace and ends.',
  tier: '09',
  profile: 'opentofu',
  version: '1.12.6',
  license: 'MPL-2.0',
  website: 'https://opentofu.org',
  settings: {
    action: {
      type: 'enum',
      values: ['validate', 'plan'],
      default: 'validate',
      doc: 'what is done with the workspace; applying is for people',
    },
  },
  secrets: [],
  containers: [
    {
      name: '',
      image: 'ghcr.io/opentofu/opentofu:1.12.6',
      command: [
        '/bin/sh',
        '-c',
        'tofu -chdir=/var/tmp init -input=false && exec tofu -chdir=/var/tmp ${settings.action}',
      ],
      ports: [],
      variables: { TF_IN_AUTOMATION: '1', TF_INPUT: '0', HOME: '/tmp' },
      // Writable for every user in the image, whose mode a new volume takes over.
      volumes: [{ name: 'workspace', path: '/var/tmp', size: '2Gi' }],
      health: 'runs-once',
      resources: { requests: { cpu: '50m', memory: '64Mi' }, limits: { cpu: '1', memory: '512Mi' } },
      hardening: { user: 65532, group: 65532, readOnlyRoot: true, temporaryFolders: ['/tmp'] },
      // Fetches providers.
      networks: ['front', 'back'],
    },
  ],
  requires: [],
  provides: [],
  watch: { dashboard: 'resources' },
  kubernetes: { form: 'workloads' },
  backup: { method: 'volume', schedule: '0 5 * * *', keepDays: 30, doc: 'the workspace with its state' },
});
