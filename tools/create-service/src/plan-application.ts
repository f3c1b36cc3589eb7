import { ApplicationTypeUnknownError, NameTakenError, PortInvalidError } from './create.errors.ts';
import { addReference } from './edits/package-edit.ts';
import { addImport, addToCall } from './edits/source-edit.ts';
import { addImporter, findLocked, type LockedDependency } from './edits/lock-edit.ts';
import { parseName } from './names.ts';
import { planEdits, type Edit } from './plan-edits.ts';
import { assertNameFree } from './taken-names.ts';
import { astroTemplate } from './templates/app/astro.ts';
import type { ApplicationTemplate } from './templates/app/application-request.ts';
import { expoTemplate } from './templates/app/expo.ts';
import { nestTemplate } from './templates/app/nest.ts';
import { nextTemplate } from './templates/app/next.ts';
import { svelteKitTemplate } from './templates/app/svelte-kit.ts';
import { viteTemplate } from './templates/app/vite.ts';
import type { FileChange, WorkTree } from './work-tree.ts';

const templates: Readonly<Record<string, ApplicationTemplate>> = {
  nest: nestTemplate,
  'svelte-kit': svelteKitTemplate,
  next: nextTemplate,
  astro: astroTemplate,
  vite: viteTemplate,
  expo: expoTemplate,
};

/** The types that `plinth create app` knows. */
export const applicationTypes: readonly string[] = Object.keys(templates);

export interface ApplicationOptions {
  /** Port that the description names; that of the type when absent. */
  readonly port?: number | undefined;
}

export interface ApplicationPlan {
  readonly changes: readonly FileChange[];
  /** The lock file lacks packages of the application: they must be installed once, from the registry. */
  readonly needsInstall: boolean;
}

/** Everything that makes a new application: its files, and its line in the description of the platform. */
export function planApplication(
  tree: WorkTree,
  type: string,
  name: string,
  options: ApplicationOptions = {},
): ApplicationPlan {
  const template = Object.hasOwn(templates, type) ? templates[type] : undefined;
  if (template === undefined) throw new ApplicationTypeUnknownError(type, applicationTypes);
  const parsed = parseName('an application', name);
  const { port } = options;
  if (port !== undefined && (!Number.isInteger(port) || port < 1 || port > 65_535)) throw new PortInvalidError(port);
  const folder = `apps/${parsed.kebab}`;
  assertNameFree(tree, name, folder);
  // Applications and services are workloads of one name space.
  if (tree.list('services').includes(name)) throw new NameTakenError(name, `services/${name} is a service`);
  const files = template.render({ name: parsed });
  const packageJson = files.find(({ path }) => path === 'package.json')!.content;
  const locked = lockApplication(tree.read('pnpm-lock.yaml') ?? '', folder, packageJson);
  const edits: Edit[] = [
    [
      'platform/platform.ts',
      (path, text) => {
        const imported = addImport(path, text, template.description, '@plinth/delivery');
        const settings = port === undefined ? '' : `, { port: ${port} }`;
        return addToCall(
          path,
          imported,
          'definePlatform',
          'applications',
          `${template.description}('${name}'${settings})`,
        );
      },
    ],
    ...(template.isProject ? [['tsconfig.json', (path, text) => addReference(path, text, folder)] satisfies Edit] : []),
    ...(locked === undefined ? [] : [['pnpm-lock.yaml', () => locked] satisfies Edit]),
  ];
  return {
    changes: [
      ...files.map(({ path, content }) => ({ path: `${folder}/${path}`, kind: 'created' as const, content })),
      ...planEdits(tree, edits),
    ],
    needsInstall: locked === undefined,
  };
}

/** Packages whose entries in the lock file may be taken over. */
const lockSources = ['apps/server', 'libs/common', 'libs/testing', '.'];

/** The lock file with the application in it; undefined when a package is not in it yet. */
function lockApplication(lock: string, folder: string, packageJson: string): string | undefined {
  const { dependencies = {}, devDependencies = {} } = JSON.parse(packageJson) as {
    dependencies?: Record<string, string>;
    devDependencies?: Record<string, string>;
  };
  const find = (names: readonly string[]): Record<string, LockedDependency> | undefined => {
    const entries = names.map((name) => {
      const own = lockSources.map((source) => findLocked(lock, source, name)).find((found) => found !== undefined);
      return [name, own] as const;
    });
    return entries.some(([, found]) => found === undefined)
      ? undefined
      : (Object.fromEntries(entries) as Record<string, LockedDependency>);
  };
  const run = find(Object.keys(dependencies));
  const development = find(Object.keys(devDependencies));
  return run === undefined || development === undefined ? undefined : addImporter(lock, folder, run, development);
}
