import { defineEntry } from '../catalogue-entry.ts';

export const mongodb = defineEntry({
  name: 'mongodb',
  title: 'MongoDB',
  doc: 'Document database. Its licence is source-available; CouchDB is the free alternative of this catalogue.',
  tier: '04',
  profile: 'mongodb',
  version: '8.0.17',
  license: 'SSPL-1.0',
  website: 'https://www.mongodb.com',
  settings: {
    cache: { type: 'string', default: '0.25', doc: 'gibibytes of memory for the cache of the storage engine' },
    storage: { type: 'string', default: '20Gi', doc: 'size of the data volume' },
  },
  secrets: [{ name: 'password', doc: 'password of the superuser, root' }],
  containers: [
    {
      name: '',
      image: 'mongo:8.0.17',
      arguments: ['mongod', '--bind_ip_all', '--wiredTigerCacheSizeGB', '${settings.cache}'],
      ports: [{ name: 'mongodb', port: 27_017, protocol: 'tcp' }],
      variables: { MONGO_INITDB_ROOT_USERNAME: 'root', HOME: '/tmp' },
      secretFileVariables: { MONGO_INITDB_ROOT_PASSWORD_FILE: 'password' },
      volumes: [
        { name: 'data', path: '/data/db', size: '${settings.storage}' },
        { name: 'configuration', path: '/data/configdb', size: '64Mi' },
      ],
      health: {
        check: ['mongosh', '--quiet', '--norc', '--eval', "if (db.adminCommand('ping').ok !== 1) quit(1)"],
        startSeconds: 40,
      },
      resources: { requests: { cpu: '200m', memory: '384Mi' }, limits: { cpu: '1', memory: '1Gi' } },
      hardening: { user: 999, group: 999, readOnlyRoot: true, temporaryFolders: ['/tmp'] },
      stopGraceSeconds: 60,
    },
  ],
  requires: [],
  provides: ['document-database'],
  watch: { dashboard: 'resources' },
  kubernetes: { form: 'workloads' },
  backup: { method: 'native', schedule: '0 2 * * *', keepDays: 14, doc: 'mongodump' },
});
