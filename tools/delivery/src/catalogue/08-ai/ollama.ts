import { defineEntry } from '../catalogue-entry.ts';

export const ollama = defineEntry({
  name: 'ollama',
  title: 'Ollama',
  doc: 'Language models on the machine itself; a GPU is used where the container is given one.',
  tier: '08',
  profile: 'ollama',
  version: '0.33.3',
  license: 'MIT',
  website: 'https://ollama.com',
  settings: {
    keepAlive: { type: 'string', default: '5m', doc: 'how long a model stays in memory after its last use' },
    parallel: { type: 'integer', default: 1, minimum: 1, maximum: 16, doc: 'requests of one model at once' },
    storage: { type: 'string', default: '40Gi', doc: 'size of the volume for models' },
  },
  secrets: [],
  containers: [
    {
      name: '',
      image: 'ollama/ollama:0.33.3',
      ports: [{ name: 'http', port: 11_434, protocol: 'http' }],
      variables: {
        OLLAMA_HOST: '0.0.0.0:11434',
        OLLAMA_KEEP_ALIVE: '${settings.keepAlive}',
        OLLAMA_NUM_PARALLEL: '${settings.parallel}',
        // Writable for every user in the image, whose mode a new volume takes over.
        HOME: '/var/tmp',
        OLLAMA_MODELS: '/var/tmp/models',
      },
      volumes: [{ name: 'models', path: '/var/tmp', size: '${settings.storage}' }],
      // The client of the same binary asks the server.
      health: { check: ['/bin/ollama', 'list'], http: { path: '/api/version', port: 11_434 }, startSeconds: 30 },
      resources: { requests: { cpu: '500m', memory: '1Gi' }, limits: { cpu: '4', memory: '8Gi' } },
      hardening: { user: 65532, group: 65532, readOnlyRoot: true, temporaryFolders: ['/tmp'] },
      // Fetches models.
      networks: ['front', 'back'],
    },
  ],
  requires: [],
  provides: ['language-model'],
  watch: { dashboard: 'resources' },
  kubernetes: { form: 'workloads' },
  backup: { method: 'none', because: 'models are fetched again' },
});
