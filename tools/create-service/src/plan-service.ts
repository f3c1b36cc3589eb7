import { NameTakenError, PortInvalidError } from './create.errors.ts';
import { addDependency, addReference } from './edits/package-edit.ts';
import { addElement, addImport, addProperty } from './edits/source-edit.ts';
import { addLink, copyImporter } from './edits/lock-edit.ts';
import { parseName, toNoun } from './names.ts';
import { planEdits, type Edit } from './plan-edits.ts';
import { assertNameFree, assertRouteFree } from './taken-names.ts';
import { renderDatabaseFiles } from './templates/service/database-files.ts';
import { renderFeatureFiles } from './templates/service/feature-files.ts';
import { renderModuleFiles } from './templates/service/module-files.ts';
import { renderPackageFiles } from './templates/service/package-files.ts';
import type { ServiceRequest } from './templates/service/service-request.ts';
import { renderTestFiles } from './templates/service/test-files.ts';
import type { FileChange, WorkTree } from './work-tree.ts';

export interface ServiceOptions {
  /** What the first table holds, one of it; the service's own name when absent. */
  readonly feature?: string | undefined;
  /** Port of its container; 3000 when absent. */
  readonly port?: number | undefined;
}

/** The service whose dependencies a new one has too; its entries in the lock file are copied. */
const model = 'tenant';

/**
 * Everything that makes a new service: its files, and its entries where the platform names its services. Writes
 * nothing; throws when the name cannot be used or the work tree lacks a place to enter it.
 */
export function planService(tree: WorkTree, name: string, options: ServiceOptions = {}): FileChange[] {
  const service = parseName('a service', name);
  const feature = toNoun(parseName('a feature', options.feature ?? name));
  const port = options.port ?? 3000;
  if (!Number.isInteger(port) || port < 1024 || port > 65_535) throw new PortInvalidError(port);
  const request: ServiceRequest = { service, feature, port };
  const folder = `services/${service.kebab}`;
  assertNameFree(tree, name, folder);
  assertRouteFree(tree, feature.many.kebab);
  const permission = `'${feature.one.kebab}:read'`;
  if (tree.read('libs/contracts/src/permissions.ts')?.includes(permission)) {
    throw new NameTakenError(feature.one.kebab, `the permission ${permission} exists already`);
  }
  const files = [
    ...renderPackageFiles(request, readModelDependencies(tree)),
    ...renderDatabaseFiles(request),
    ...renderModuleFiles(request),
    ...renderFeatureFiles(request),
    ...renderTestFiles(request),
  ];
  return [
    ...files.map(({ path, content }) => ({ path: `${folder}/${path}`, kind: 'created' as const, content })),
    ...planEdits(tree, listEdits(request)),
  ];
}

function readModelDependencies(tree: WorkTree): Readonly<Record<string, string>> {
  const text = tree.read(`services/${model}/package.json`) ?? '{}';
  return (JSON.parse(text) as { dependencies?: Record<string, string> }).dependencies ?? {};
}

/** Every place where the platform names its services, their permissions and their events. */
function listEdits({ service, feature: { one } }: ServiceRequest): Edit[] {
  const packageName = `@plinth/${service.kebab}`;
  const folder = `services/${service.kebab}`;
  const key = /-/.test(service.kebab) ? `'${service.kebab}'` : service.kebab;
  const loader = `{ code: () => import('${packageName}'), manifest: () => import('${packageName}/manifest') }`;
  const event = `'${one.snake}.created': {
    topic: '${service.kebab}.events',
    version: 1,
    data: z.object({ ${one.camel}Id: idSchema, name: z.string() }),
  }`;
  return [
    ['tsconfig.json', (path, text) => addReference(path, text, folder)],
    ['apps/server/package.json', (path, text) => addDependency(path, text, packageName, 'workspace:*')],
    ['apps/server/tsconfig.json', (path, text) => addReference(path, text, `../../${folder}`)],
    [
      'apps/server/src/composition/service-registry.ts',
      (path, text) => addProperty(path, text, 'loaders', service.kebab, `${key}: ${loader}`),
    ],
    [
      'libs/contracts/src/permissions.ts',
      (path, text) => {
        const listed = ['read', 'write'].reduce(
          (changed, action) => addElement(path, changed, 'permissions', `'${one.kebab}:${action}'`),
          text,
        );
        return addElement(path, listed, 'memberPermissions', `'${one.kebab}:read'`);
      },
    ],
    [
      'libs/contracts/src/events/event-types.ts',
      (path, text) => addProperty(path, text, 'eventTypes', `${one.snake}.created`, event),
    ],
    ['platform/package.json', (path, text) => addDependency(path, text, packageName, 'workspace:*')],
    ['platform/tsconfig.json', (path, text) => addReference(path, text, `../${folder}`)],
    [
      'platform/core-services.ts',
      (path, text) => {
        const imported = addImport(path, text, `manifest as ${service.camel}`, `${packageName}/manifest`);
        return addElement(path, imported, 'coreServices', service.camel);
      },
    ],
    [
      'pnpm-lock.yaml',
      (_path, text) => {
        const added = copyImporter(text, `services/${model}`, folder);
        const served = addLink(added, 'apps/server', packageName, `../../${folder}`);
        return addLink(served, 'platform', packageName, `../${folder}`);
      },
    ],
  ];
}
