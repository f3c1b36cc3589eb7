import type { ContainerDefinition } from '../catalogue-entry.ts';

const version = '2.33.2';
/** What the container hands to its process, which reads no file: variable → secret. */
type Handed = Readonly<Record<string, string>>;

/** Keys of the tokens between the services: they want them in base64, whatever the secret's own form is. */
const internalKey = { InternalSecret: 'internal-key' } as const;
const bothKeys = { PatSecret: 'token-key', ...internalKey } as const;
const cache = { TerrakubeRedisPassword: 'cache.password' } as const;
const storage = {
  AwsStorageAccessKey: 'object-store.access-key',
  AwsStorageSecretKey: 'object-store.secret-key',
} as const;

const dexIssuer = '${interfaces.dex.url}/dex';
const region = 'us-east-1';
const cacheAddress = {
  TerrakubeRedisHostname: '${needs.cache}',
  TerrakubeRedisPort: '${needs.cache.port}',
} as const;
const storeAddress = {
  AwsStorageBucketName: '${settings.bucket}',
  AwsStorageRegion: region,
  AwsEndpoint: 'http://${needs.object-store}:${needs.object-store.port}',
} as const;
const tools = {
  TerrakubeToolsRepository: '${settings.toolsRepository}',
  TerrakubeToolsBranch: '${settings.toolsBranch}',
  CustomTerraformReleasesUrl: '${settings.terraformReleases}',
} as const;

function startScript(keys: Handed, secrets: Handed): readonly string[] {
  return [
    '/bin/bash',
    '-c',
    [
      'set -eu',
      ...Object.entries(keys).map(
        ([name, secret]) => `export ${name}="$(base64 --wrap=0 < \${secret.${secret}} | tr '+/' '-_')"`,
      ),
      ...Object.entries(secrets).map(([name, secret]) => `export ${name}="$(< \${secret.${secret}})"`),
      'exec /cnb/process/web',
    ].join('\n'),
  ];
}

/** What the services share: images of Spring Boot with the actuator, made by buildpacks. */
function service(port: number, keys: Handed, secrets: Handed) {
  const ask = `{ printf 'GET /actuator/health/readiness HTTP/1.0\\r\\n\\r\\n' >&0; grep -q ' 200'; } 0<>/dev/tcp/127.0.0.1/${port}`;
  return {
    command: startScript(keys, secrets),
    ports: [{ name: 'http', port, protocol: 'http' }],
    health: {
      check: ['/bin/bash', '-c', ask],
      http: { path: '/actuator/health/readiness', port },
      startSeconds: 180,
    },
    hardening: {
      user: 1002,
      group: 1000,
      readOnlyRoot: false,
      writableRootBecause: 'it clones repositories of modules below the home of its user',
    },
    // Repositories, releases of Terraform and the public host of the sign-in are outside.
    networks: ['front', 'back'],
    stopGraceSeconds: 60,
  } as const;
}

/** Four processes of Terrakube, and the Dex that it is made to sign people in with. */
export const terrakubeContainers: readonly ContainerDefinition[] = [
  {
    name: '',
    title: 'Terrakube pages',
    image: `azbuilder/terrakube-ui:${version}`,
    ports: [{ name: 'http', port: 8080, protocol: 'http' }],
    files: [
      {
        path: '/usr/share/nginx/html/env-config.js',
        content: [
          'window._env_ = {',
          '  REACT_APP_TERRAKUBE_API_URL: "${interfaces.api.url}/api/v1/",',
          '  REACT_APP_CLIENT_ID: "terrakube",',
          `  REACT_APP_AUTHORITY: "${dexIssuer}",`,
          '  REACT_APP_REDIRECT_URI: "${interfaces.web.url}",',
          '  REACT_APP_REGISTRY_URI: "${interfaces.registry.url}",',
          '  REACT_APP_SCOPE: "email openid profile offline_access groups",',
          `  REACT_APP_TERRAKUBE_VERSION: "v${version}",`,
          '};',
          '',
        ].join('\n'),
      },
    ],
    health: {
      check: ['curl', '--fail', '--silent', '--output', '/dev/null', 'http://127.0.0.1:8080/env-config.js'],
      http: { path: '/env-config.js', port: 8080 },
      startSeconds: 20,
    },
    resources: { requests: { cpu: '25m', memory: '32Mi' }, limits: { cpu: '250m', memory: '128Mi' } },
    hardening: { user: 101, group: 101, readOnlyRoot: true, temporaryFolders: ['/tmp'] },
    dependsOn: [{ container: 'api', condition: 'healthy' }],
  },
  {
    name: 'api',
    title: 'API of Terrakube',
    image: `azbuilder/api-server:${version}`,
    ...service(8080, bothKeys, { ...cache, ...storage, DatasourcePassword: 'database-password' }),
    variables: {
      ...cacheAddress,
      ...storeAddress,
      ...tools,
      ApiDataSourceType: 'POSTGRESQL',
      DatasourceHostname: '${needs.database}',
      DatasourcePort: '${needs.database.port}',
      DatasourceDatabase: 'terrakube',
      DatasourceUser: 'terrakube',
      DatasourceSchema: 'public',
      DatasourceSslMode: 'disable',
      DatasourcePoolSize: '10',
      GroupValidationType: 'DEX',
      UserValidationType: 'DEX',
      AuthenticationValidationType: 'DEX',
      DexIssuerUri: dexIssuer,
      DexClientId: 'terrakube',
      TERRAKUBE_ADMIN_GROUP: '${settings.adminRole}',
      TerrakubeHostname: '${interfaces.api.host}',
      TerrakubeUiURL: '${interfaces.web.url}',
      AzBuilderExecutorUrl: 'http://${name}-executor:8090/api/v1/terraform-rs',
      StorageType: 'AWS',
    },
    resources: { requests: { cpu: '250m', memory: '768Mi' }, limits: { cpu: '2', memory: '1536Mi' } },
    dependsOn: [
      { container: 'database', condition: 'healthy' },
      { container: 'cache', condition: 'healthy' },
      { container: 'object-store', condition: 'healthy' },
      { container: 'dex', condition: 'healthy' },
    ],
    connections: 10,
  },
  {
    name: 'registry',
    title: 'Registry of modules and providers',
    image: `azbuilder/open-registry:${version}`,
    ...service(8075, bothKeys, storage),
    variables: {
      ...storeAddress,
      AzBuilderRegistry: '${interfaces.registry.url}',
      AzBuilderApiUrl: 'http://${name}-api:8080',
      AuthenticationValidationTypeRegistry: 'DEX',
      TerrakubeEnableSecurity: 'true',
      DexIssuerUri: dexIssuer,
      AppIssuerUri: dexIssuer,
      AppClientId: 'terrakube',
      TerrakubeUiURL: '${interfaces.web.url}',
      RegistryStorageType: 'AwsStorageImpl',
    },
    resources: { requests: { cpu: '100m', memory: '512Mi' }, limits: { cpu: '1', memory: '1Gi' } },
    dependsOn: [
      { container: 'api', condition: 'healthy' },
      { container: 'object-store', condition: 'healthy' },
    ],
  },
  {
    name: 'executor',
    title: 'Runs Terraform and OpenTofu',
    image: `azbuilder/executor:${version}`,
    ...service(8090, internalKey, {
      ...cache,
      AwsTerraformStateAccessKey: 'object-store.access-key',
      AwsTerraformStateSecretKey: 'object-store.secret-key',
      AwsTerraformOutputAccessKey: 'object-store.access-key',
      AwsTerraformOutputSecretKey: 'object-store.secret-key',
    }),
    variables: {
      ...cacheAddress,
      ...tools,
      AzBuilderApiUrl: 'http://${name}-api:8080',
      TerrakubeApiUrl: '${interfaces.api.url}',
      TerrakubeRegistryDomain: '${interfaces.registry.host}',
      TerrakubeEnableSecurity: 'true',
      ExecutorFlagBatch: 'false',
      ExecutorFlagDisableAcknowledge: 'false',
      TerraformStateType: 'AwsTerraformStateImpl',
      AwsTerraformStateBucketName: '${settings.bucket}',
      AwsTerraformStateRegion: region,
      TerraformOutputType: 'AwsTerraformOutputImpl',
      AwsTerraformOutputBucketName: '${settings.bucket}',
      AwsTerraformOutputRegion: region,
      AwsEndpoint: storeAddress.AwsEndpoint,
    },
    resources: { requests: { cpu: '250m', memory: '768Mi' }, limits: { cpu: '2', memory: '2Gi' } },
    dependsOn: [
      { container: 'api', condition: 'healthy' },
      { container: 'cache', condition: 'healthy' },
      { container: 'object-store', condition: 'healthy' },
    ],
  },
  {
    name: 'dex',
    title: 'Dex',
    image: 'ghcr.io/dexidp/dex:v2.45.1-alpine',
    command: [
      '/bin/sh',
      '-c',
      [
        'set -eu',
        'export DEX_CLIENT_SECRET="$(cat ${secret.client-secret})"',
        'export DEX_DATABASE_PASSWORD="$(cat ${secret.database-password})"',
        'exec dex serve /etc/dex/terrakube.yaml',
      ].join('\n'),
    ],
    ports: [
      { name: 'http', port: 5556, protocol: 'http' },
      { name: 'telemetry', port: 5558, protocol: 'http' },
    ],
    files: [
      {
        path: '/etc/dex/terrakube.yaml',
        content: [
          `issuer: ${dexIssuer}`,
          'storage:',
          '  type: postgres',
          '  config:',
          '    host: ${needs.database}',
          '    port: ${needs.database.port}',
          '    database: terrakube_dex',
          '    user: terrakube',
          '    password: $DEX_DATABASE_PASSWORD',
          '    maxOpenConns: 5',
          '    ssl: { mode: disable }',
          'web:',
          '  http: 0.0.0.0:5556',
          "  allowedOrigins: ['${interfaces.web.url}']",
          'telemetry: { http: 0.0.0.0:5558 }',
          'logger: { level: info, format: json }',
          'oauth2: { responseTypes: [code], skipApprovalScreen: true }',
          'connectors:',
          '  - type: oidc',
          '    id: platform',
          '    name: Sign in',
          '    config:',
          '      issuer: ${issuer}',
          '      clientID: ${platform}-terrakube',
          '      clientSecret: $DEX_CLIENT_SECRET',
          `      redirectURI: ${dexIssuer}/callback`,
          '      scopes: [profile, email]',
          '      pkceChallenge: S256',
          // Roles of the realm are the teams of Terrakube.
          '      insecureEnableGroups: true',
          '      overrideClaimMapping: true',
          '      claimMapping: { groups: roles }',
          'staticClients:',
          '  - id: terrakube',
          '    name: Terrakube',
          '    public: true',
          // The last two are `terraform login` on the machine of whoever signs in.
          "    redirectURIs: ['${interfaces.web.url}', /device/callback, 'http://localhost:10000/login', 'http://localhost:10001/login']",
          '',
        ].join('\n'),
      },
    ],
    health: {
      check: ['wget', '--quiet', '--output-document=/dev/null', 'http://127.0.0.1:5558/healthz/ready'],
      http: { path: '/healthz/ready', port: 5558 },
      startSeconds: 30,
    },
    resources: { requests: { cpu: '25m', memory: '48Mi' }, limits: { cpu: '250m', memory: '128Mi' } },
    hardening: { user: 1001, group: 1001, readOnlyRoot: true, temporaryFolders: ['/tmp'] },
    dependsOn: [
      { container: 'database', condition: 'healthy' },
      { container: 'keycloak', condition: 'healthy' },
    ],
    metrics: { path: '/metrics', port: 5558 },
    // The identity provider is asked at its public host, whose name is in every token.
    networks: ['front', 'back'],
    connections: 5,
  },
];
