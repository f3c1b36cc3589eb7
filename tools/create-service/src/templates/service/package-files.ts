import { toJson, use, type TemplateFile } from '../source.ts';
import type { ServiceRequest } from './service-request.ts';

/** What makes a folder a package and a service: package.json, tsconfig.json, the manifest and the README. */
export function renderPackageFiles(
  request: ServiceRequest,
  versions: Readonly<Record<string, string>>,
): TemplateFile[] {
  return [
    { path: 'package.json', content: renderPackageJson(request, versions) },
    { path: 'tsconfig.json', content: renderTsconfig() },
    { path: 'service.manifest.ts', content: renderManifest(request) },
    { path: 'README.md', content: renderReadme(request) },
    { path: 'src/index.ts', content: renderIndex() },
  ];
}

function renderPackageJson({ service }: ServiceRequest, versions: Readonly<Record<string, string>>): string {
  return toJson({
    name: `@plinth/${service.kebab}`,
    version: '0.1.0',
    private: true,
    license: 'Apache-2.0',
    type: 'module',
    exports: {
      '.': { source: './src/index.ts', types: './dist/src/index.d.ts', default: './dist/src/index.js' },
      './manifest': {
        source: './service.manifest.ts',
        types: './dist/service.manifest.d.ts',
        default: './dist/service.manifest.js',
      },
    },
    dependencies: versions,
    devDependencies: { '@plinth/testing': 'workspace:*' },
  });
}

function renderTsconfig(): string {
  const libraries = ['common', 'contracts', 'testing'];
  return toJson({
    extends: '../../tsconfig.base.json',
    compilerOptions: { rootDir: '.', outDir: 'dist', tsBuildInfoFile: 'dist/.tsbuildinfo' },
    include: ['src/**/*.ts', 'test/**/*.ts', '*.manifest.ts'],
    references: libraries.map((library) => ({ path: `../../libs/${library}` })),
  });
}

function renderManifest({ service, feature: { one, many }, port }: ServiceRequest): string {
  return `${use('defineService, standardHealth', '@plinth/contracts')}

export const manifest = defineService({
  name: '${service.kebab}',
  title: '${service.title}',
  description: 'Keeps the ${many.words} of each tenant.',
  port: ${port},
  rateLimit: 100,
  routes: [{ path: '/${many.kebab}' }],
  variablePrefix: '${service.upper}_',
  variables: [
    {
      name: '${service.upper}_${one.upper}_LIMIT',
      type: 'integer',
      default: '1000',
      minimum: 1,
      maximum: 1_000_000,
      doc: 'how many ${many.words} a tenant may have',
    },
  ],
  database: { schema: '${service.snake}', role: 'plinth_${service.snake}' },
  events: { publishes: ['${one.snake}.created'], consumes: {} },
  calls: [],
  health: standardHealth,
  resources: { cpu: '100m', memory: '128Mi' },
});
`;
}

function renderReadme({ service, feature: { one, many } }: ServiceRequest): string {
  return `# ${service.kebab}

**Owns** the ${many.words} of each tenant.
**Does not own** anything else yet.

## Words
- *${one.title}*: has a name that is unique in its tenant.

## Life cycle
A ${one.words} is created (\`${one.snake}.created\` is published) and renamed; it is never removed.

## Invariants
- A tenant has no two ${many.words} of one name, and at most \`${service.upper}_${one.upper}_LIMIT\` of them, also when several are created at once.
- Every change is in the audit trail with what was before and after.

## Failure modes
- A ${one.words} of another tenant is answered as one that does not exist.
- The database is gone: requests get 503 with \`Retry-After\`.
`;
}

function renderIndex(): string {
  return `${use('packagePath, type ServiceDefinition', '@plinth/common')}
${use('manifest', '../service.manifest.ts')}
${use('createApp', './app.module.ts')}

export const service: ServiceDefinition = {
  manifest,
  migrations: packagePath(import.meta.url, 'migrations/'),
  create: createApp,
};
`;
}
