import { defineEntry } from '../catalogue-entry.ts';

export const oauth2Proxy = defineEntry({
  name: 'oauth2-proxy',
  title: 'OAuth2 Proxy',
  doc: 'Sign-in in front of tools that have none of their own; sessions are kept in Valkey or Redis.',
  tier: '02',
  version: '7.15.5',
  license: 'MIT',
  website: 'https://oauth2-proxy.github.io/oauth2-proxy/',
  settings: {
    allowedRole: { type: 'string', default: 'platform_admin', doc: 'realm role that may open the tools' },
  },
  secrets: [
    { name: 'client-secret', doc: 'secret of the client at the identity provider' },
    { name: 'cookie-key', doc: 'encrypts the session cookie' },
  ],
  containers: [
    {
      name: '',
      image: 'quay.io/oauth2-proxy/oauth2-proxy:v7.15.5-alpine',
      // The cookie key must have exactly 32 bytes, whatever the length of the secret is.
      command: [
        '/bin/sh',
        '-c',
        [
          'set -eu',
          'export OAUTH2_PROXY_CLIENT_SECRET="$(cat ${secret.client-secret})"',
          'export OAUTH2_PROXY_COOKIE_SECRET="$(sha256sum ${secret.cookie-key} | cut -c1-32)"',
          'export OAUTH2_PROXY_REDIS_PASSWORD="$(cat ${secret.cache.password})"',
          // Over plain HTTP a browser would keep no secure cookie, and sign-in would never end.
          'if [ ${scheme} = http ]; then export OAUTH2_PROXY_COOKIE_SECURE=false; fi',
          'exec /bin/oauth2-proxy',
        ].join('\n'),
      ],
      ports: [
        { name: 'http', port: 4180, protocol: 'http' },
        { name: 'metrics', port: 44180, protocol: 'http' },
      ],
      variables: {
        OAUTH2_PROXY_HTTP_ADDRESS: '0.0.0.0:4180',
        OAUTH2_PROXY_METRICS_ADDRESS: '0.0.0.0:44180',
        OAUTH2_PROXY_PROVIDER: 'oidc',
        OAUTH2_PROXY_OIDC_ISSUER_URL: '${issuer}',
        // The public issuer is on the other side of the edge, which must not be needed at the start: browsers go there,
        // codes and keys are asked for inside.
        OAUTH2_PROXY_SKIP_OIDC_DISCOVERY: 'true',
        OAUTH2_PROXY_LOGIN_URL: '${issuer}/protocol/openid-connect/auth',
        OAUTH2_PROXY_REDEEM_URL:
          'http://${needs.keycloak}:${needs.keycloak.port}/realms/${platform}-${environment}/protocol/openid-connect/token',
        OAUTH2_PROXY_OIDC_JWKS_URL:
          'http://${needs.keycloak}:${needs.keycloak.port}/realms/${platform}-${environment}/protocol/openid-connect/certs',
        OAUTH2_PROXY_CLIENT_ID: '${platform}-tools',
        // Of its own accord it would ask for the scope `groups` as well, which the realm has not, and Keycloak refuses.
        OAUTH2_PROXY_SCOPE: 'openid email profile',
        OAUTH2_PROXY_REDIRECT_URL: '${interfaces.web.url}/oauth2/callback',
        OAUTH2_PROXY_CODE_CHALLENGE_METHOD: 'S256',
        OAUTH2_PROXY_OIDC_GROUPS_CLAIM: 'roles',
        OAUTH2_PROXY_ALLOWED_GROUPS: '${settings.allowedRole}',
        OAUTH2_PROXY_EMAIL_DOMAINS: '*',
        OAUTH2_PROXY_REVERSE_PROXY: 'true',
        OAUTH2_PROXY_UPSTREAMS: 'static://202',
        OAUTH2_PROXY_SET_XAUTHREQUEST: 'true',
        // Environments may be subdomains of one another, and then see each other's cookies.
        OAUTH2_PROXY_COOKIE_NAME: '_${platform}_${environment}_tools',
        OAUTH2_PROXY_COOKIE_DOMAINS: '.${domain}',
        OAUTH2_PROXY_WHITELIST_DOMAINS: '.${domain}',
        OAUTH2_PROXY_COOKIE_SECURE: 'true',
        OAUTH2_PROXY_COOKIE_SAMESITE: 'lax',
        // Roles are read again with the tokens, which are good for fifteen minutes: who loses the role is out by then.
        OAUTH2_PROXY_COOKIE_EXPIRE: '10h',
        OAUTH2_PROXY_COOKIE_REFRESH: '10m',
        OAUTH2_PROXY_SESSION_STORE_TYPE: 'redis',
        OAUTH2_PROXY_REDIS_CONNECTION_URL: 'redis://${needs.cache}:6379/2',
        OAUTH2_PROXY_SKIP_PROVIDER_BUTTON: 'true',
      },
      health: {
        check: ['wget', '--quiet', '--output-document=/dev/null', 'http://127.0.0.1:4180/ready'],
        http: { path: '/ready', port: 4180 },
        startSeconds: 20,
      },
      resources: { requests: { cpu: '25m', memory: '32Mi' }, limits: { cpu: '250m', memory: '128Mi' } },
      hardening: { user: 65532, group: 65532, readOnlyRoot: true, temporaryFolders: ['/tmp'] },
      dependsOn: [
        { container: 'cache', condition: 'healthy' },
        { container: 'keycloak', condition: 'healthy' },
      ],
      metrics: { path: '/metrics', port: 44180 },
      networks: ['front', 'back'],
    },
  ],
  requires: [
    { anyOf: ['cache'], because: 'sessions are kept there, so that cookies stay small and sign-out works at once' },
    { anyOf: ['keycloak'], because: 'people sign in there' },
  ],
  provides: ['forward-auth'],
  signIn: { client: '${platform}-tools', secret: 'client-secret', redirectPaths: ['/oauth2/callback'] },
  watch: { dashboard: 'service-health' },
  kubernetes: { form: 'workloads' },
  backup: { method: 'none', because: 'sessions may be lost' },
  interfaces: [{ name: 'web', container: '', port: 4180, host: 'tools', ownSignIn: true }],
});
