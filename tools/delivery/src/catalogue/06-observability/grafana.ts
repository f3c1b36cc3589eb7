import { defineEntry } from '../catalogue-entry.ts';

export const grafana = defineEntry({
  name: 'grafana',
  title: 'Grafana',
  doc: 'Dashboards; sources and dashboards are rendered, and staff sign in at the identity provider.',
  tier: '06',
  version: '13.2.3',
  license: 'AGPL-3.0-only',
  website: 'https://grafana.com/oss/grafana/',
  settings: {
    signIn: {
      type: 'boolean',
      default: true,
      doc: 'sign-in at the identity provider; otherwise only the administrator',
    },
    adminRole: { type: 'string', default: 'platform_admin', doc: 'realm role that becomes administrator' },
    storage: { type: 'string', default: '1Gi', doc: 'size of the volume for what people save themselves' },
  },
  secrets: [
    { name: 'admin-password', doc: 'password of the administrator, admin' },
    { name: 'client-secret', doc: 'secret of the client at the identity provider' },
  ],
  containers: [
    {
      name: '',
      image: 'grafana/grafana:13.2.3',
      ports: [{ name: 'http', port: 3000, protocol: 'http' }],
      variables: {
        GF_SERVER_ROOT_URL: '${interfaces.web.url}',
        GF_SECURITY_COOKIE_SECURE: 'true',
        GF_SECURITY_STRICT_TRANSPORT_SECURITY: 'true',
        GF_ANALYTICS_REPORTING_ENABLED: 'false',
        GF_ANALYTICS_CHECK_FOR_UPDATES: 'false',
        GF_ANALYTICS_CHECK_FOR_PLUGIN_UPDATES: 'false',
        // Nothing is fetched at the start: the machine may have no way out.
        GF_PLUGINS_PREINSTALL_DISABLED: 'true',
        GF_USERS_ALLOW_SIGN_UP: 'false',
        GF_LOG_MODE: 'console',
        GF_LOG_CONSOLE_FORMAT: 'json',
        GF_AUTH_GENERIC_OAUTH_ENABLED: '${settings.signIn}',
        GF_AUTH_GENERIC_OAUTH_NAME: 'Sign in',
        GF_AUTH_GENERIC_OAUTH_CLIENT_ID: '${platform}-grafana',
        GF_AUTH_GENERIC_OAUTH_SCOPES: 'openid profile email',
        GF_AUTH_GENERIC_OAUTH_AUTH_URL: '${issuer}/protocol/openid-connect/auth',
        GF_AUTH_GENERIC_OAUTH_TOKEN_URL: '${issuer}/protocol/openid-connect/token',
        GF_AUTH_GENERIC_OAUTH_API_URL: '${issuer}/protocol/openid-connect/userinfo',
        GF_AUTH_GENERIC_OAUTH_USE_PKCE: 'true',
        GF_AUTH_GENERIC_OAUTH_ROLE_ATTRIBUTE_PATH: "contains(roles[*], '${settings.adminRole}') && 'Admin' || 'Viewer'",
      },
      secretFileVariables: {
        GF_SECURITY_ADMIN_PASSWORD__FILE: 'admin-password',
        GF_AUTH_GENERIC_OAUTH_CLIENT_SECRET__FILE: 'client-secret',
      },
      generatedFiles: [
        { path: '/etc/grafana/provisioning/', from: 'observability/grafana/provisioning/' },
        { path: '/etc/grafana/dashboards/', from: 'observability/grafana/dashboards/' },
      ],
      volumes: [{ name: 'data', path: '/var/lib/grafana', size: '${settings.storage}' }],
      // Answers with an error while its own database does.
      health: {
        check: ['wget', '--quiet', '--output-document=/dev/null', 'http://127.0.0.1:3000/api/health'],
        http: { path: '/api/health', port: 3000 },
        startSeconds: 60,
      },
      resources: { requests: { cpu: '100m', memory: '192Mi' }, limits: { cpu: '500m', memory: '512Mi' } },
      hardening: { user: 472, group: 0, readOnlyRoot: true, temporaryFolders: ['/tmp', '/var/log/grafana'] },
      metrics: { path: '/metrics', port: 3000 },
      networks: ['front', 'back'],
    },
  ],
  requires: [{ anyOf: ['prometheus'], because: 'its dashboards show metrics' }],
  provides: ['dashboards'],
  signIn: { client: '${platform}-grafana', secret: 'client-secret', redirectPaths: ['/login/generic_oauth'] },
  watch: { dashboard: 'resources' },
  kubernetes: { form: 'workloads' },
  backup: { method: 'volume', schedule: '30 4 * * *', keepDays: 14 },
  interfaces: [{ name: 'web', container: '', port: 3000, host: 'grafana', ownSignIn: true }],
});
