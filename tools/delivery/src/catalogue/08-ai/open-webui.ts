import { defineEntry } from '../catalogue-entry.ts';

export const openWebui = defineEntry({
  name: 'open-webui',
  title: 'Open WebUI',
  doc: 'Chat pages for models of Ollama, with documents in Qdrant. Its licence asks to keep its name on the page.',
  tier: '08',
  profile: 'ollama',
  version: '0.11.4',
  license: 'LicenseRef-Open-WebUI',
  website: 'https://openwebui.com',
  settings: {
    storage: { type: 'string', default: '10Gi', doc: 'size of the volume for chats and documents' },
  },
  secrets: [
    { name: 'session-key', doc: 'signs sessions' },
    { name: 'client-secret', doc: 'secret of the client at the identity provider' },
  ],
  containers: [
    {
      name: '',
      image: 'ghcr.io/open-webui/open-webui:v0.11.4',
      command: [
        '/bin/bash',
        '-c',
        [
          'export WEBUI_SECRET_KEY="$(< ${secret.session-key})"',
          'export QDRANT_API_KEY="$(< ${secret.qdrant.api-key})"',
          'export OAUTH_CLIENT_SECRET="$(< ${secret.client-secret})"',
          'cd /app/backend && exec bash start.sh',
        ].join('\n'),
      ],
      ports: [{ name: 'http', port: 8080, protocol: 'http' }],
      variables: {
        WEBUI_URL: '${interfaces.web.url}',
        OLLAMA_BASE_URL: 'http://${needs.ollama}:11434',
        VECTOR_DB: 'qdrant',
        QDRANT_URI: 'http://${needs.qdrant}:6333',
        ENABLE_OAUTH_SIGNUP: 'true',
        OAUTH_CLIENT_ID: '${platform}-chat',
        OAUTH_PROVIDER_NAME: 'Sign in',
        OPENID_PROVIDER_URL: '${issuer}/.well-known/openid-configuration',
        ENABLE_SIGNUP: 'false',
        ANONYMIZED_TELEMETRY: 'false',
        DO_NOT_TRACK: 'true',
      },
      volumes: [{ name: 'data', path: '/app/backend/data', size: '${settings.storage}' }],
      health: {
        check: ['curl', '--fail', '--silent', '--output', '/dev/null', 'http://127.0.0.1:8080/health'],
        http: { path: '/health', port: 8080 },
        startSeconds: 180,
      },
      resources: { requests: { cpu: '100m', memory: '640Mi' }, limits: { cpu: '1', memory: '2Gi' } },
      // The image is root's: its volume and what it unpacks at the start have no other owner.
      hardening: {
        user: 0,
        group: 0,
        readOnlyRoot: false,
        writableRootBecause: 'it writes static files below /app/backend at the start',
      },
      dependsOn: [
        { container: 'ollama', condition: 'healthy' },
        { container: 'qdrant', condition: 'healthy' },
      ],
      networks: ['front', 'back'],
    },
  ],
  requires: [
    { anyOf: ['ollama'], because: 'models answer there' },
    { anyOf: ['qdrant'], because: 'documents are searched there' },
    { anyOf: ['keycloak'], because: 'people sign in there, and nobody may register by themselves' },
  ],
  provides: [],
  signIn: { client: '${platform}-chat', secret: 'client-secret', redirectPaths: ['/oauth/oidc/callback'] },
  watch: { dashboard: 'service-health' },
  kubernetes: { form: 'workloads' },
  backup: { method: 'volume', schedule: '0 2 * * *', keepDays: 14 },
  interfaces: [{ name: 'web', container: '', port: 8080, host: 'chat', ownSignIn: true }],
});
