import { NameTakenError } from './create.errors.ts';
import type { WorkTree } from './work-tree.ts';

const packageFolders = ['libs', 'services', 'apps', 'tools'];

/** Throws when a package of the workspace has the name or the folder. */
export function assertNameFree(tree: WorkTree, name: string, folder: string): void {
  if (tree.list(folder).some((entry) => entry !== 'node_modules' && entry !== 'dist')) {
    throw new NameTakenError(name, `the folder ${folder} exists`);
  }
  for (const top of packageFolders) {
    for (const other of tree.list(top)) {
      const text = tree.read(`${top}/${other}/package.json`);
      if (text === undefined) continue;
      if ((JSON.parse(text) as { name?: string }).name === `@plinth/${name}`) {
        throw new NameTakenError(name, `${top}/${other} is the package @plinth/${name}`);
      }
    }
  }
}

/** Throws when a service answers below the path already. */
export function assertRouteFree(tree: WorkTree, segment: string): void {
  for (const service of tree.list('services')) {
    const manifest = tree.read(`services/${service}/service.manifest.ts`) ?? '';
    if (new RegExp(`path: '/${segment}['/]`).test(manifest)) {
      throw new NameTakenError(segment, `the service ${service} answers below /${segment}`);
    }
  }
}
