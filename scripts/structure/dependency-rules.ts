import { posix } from 'node:path';
import type { SourceFile, WorkspacePackage, WorkTree } from './work-tree.ts';
import { importsOf, isTest } from './work-tree.ts';

// Which of our packages a package may use at run time, beside itself. A package that is not named may use all.
const mayUse: [folder: RegExp, allowed: RegExp][] = [
  [/^libs\/contracts$/, /^$/],
  [/^libs\/common$/, /^@plinth\/contracts$/],
  [/^libs\/client$/, /^@plinth\/(contracts|common)$/],
  [/^libs\/testing$/, /^@plinth\/(contracts|common)$/],
];

/** contracts ← common ← everything else: in package.json and in import statements. */
export function checkLayers(tree: WorkTree): string[] {
  return tree.packages.flatMap((item) => {
    const allowed = mayUse.find(([folder]) => folder.test(item.folder))?.[1];
    if (!allowed) return [];
    const permits = (name: string) =>
      !isOurs(name) || packageName(name) === item.name || allowed.test(packageName(name));
    return [
      ...item.dependencies
        .filter((name) => !permits(name))
        .map((name) => `${item.folder}/package.json depends on ${name}`),
      ...importsIn(tree, item, (path) => !isTest(path) || item.folder === 'libs/testing')
        .filter(({ target }) => !permits(target))
        .map(({ source, target }) => `${source.path} imports ${target}`),
    ];
  });
}

/** @plinth/testing is a development dependency, imported by tests only. */
export function checkTestingOnlyInTests(tree: WorkTree): string[] {
  return [
    ...tree.packages
      .filter(({ dependencies }) => dependencies.includes('@plinth/testing'))
      .map(({ folder }) => `${folder}/package.json has @plinth/testing outside devDependencies`),
    ...tree.sources
      .filter((source) => !isTest(source.path))
      .filter((source) => importsOf(source).some((target) => packageName(target) === '@plinth/testing'))
      .map((source) => `${source.path} imports @plinth/testing but is no test`),
  ];
}

/** Services know one another by contracts only, in tests too. */
export function checkServicesApart(tree: WorkTree): string[] {
  const services = tree.packages.filter(({ folder }) => folder.startsWith('services/'));
  const names = new Set(services.map(({ name }) => name));
  return services.flatMap((service) => {
    const isOther = (name: string) => names.has(packageName(name)) && packageName(name) !== service.name;
    return [
      ...[...service.dependencies, ...service.devDependencies]
        .filter(isOther)
        .map((name) => `${service.folder}/package.json depends on ${name}`),
      ...importsIn(tree, service)
        .filter(({ target }) => isOther(target))
        .map(({ source, target }) => `${source.path} imports ${target}`),
    ];
  });
}

/** A manifest is data: it imports @plinth/contracts and nothing else. */
export function checkManifests(tree: WorkTree): string[] {
  return tree.sources
    .filter(({ path }) => path.endsWith('.manifest.ts'))
    .flatMap((source) =>
      importsOf(source)
        .filter((target) => target !== '@plinth/contracts')
        .map((target) => `${source.path} imports ${target}`),
    );
}

/** Nothing but a module or a test imports a controller. */
export function checkControllers(tree: WorkTree): string[] {
  return tree.sources
    .filter(({ path }) => !path.endsWith('.module.ts') && !isTest(path))
    .flatMap((source) =>
      importsOf(source)
        .filter((target) => /\.controller(\.[jt]s)?$/.test(target))
        .map((target) => `${source.path} imports ${target}`),
    );
}

/** The delivery tools and the platform's description read service manifests, never service code. */
export function checkDelivery(tree: WorkTree): string[] {
  const services = new Set(
    tree.packages.filter(({ folder }) => folder.startsWith('services/')).map(({ name }) => name),
  );
  return tree.sources
    .filter(({ path }) => path.startsWith('tools/') || path.startsWith('platform/'))
    .flatMap((source) =>
      importsOf(source)
        .filter((target) => services.has(packageName(target)) && target !== `${packageName(target)}/manifest`)
        .map((target) => `${source.path} imports ${target}`),
    );
}

/** A relative import stays in its package; others are reached by name. */
export function checkRelativeImports(tree: WorkTree): string[] {
  return tree.packages.flatMap((item) =>
    importsIn(tree, item)
      .filter(({ target }) => target.startsWith('.'))
      .filter(({ source, target }) => !posix.join(posix.dirname(source.path), target).startsWith(`${item.folder}/`))
      .map(({ source, target }) => `${source.path} imports ${target}`),
  );
}

function importsIn(tree: WorkTree, item: WorkspacePackage, accepts: (path: string) => boolean = () => true) {
  return tree.sources
    .filter(({ path }) => path.startsWith(`${item.folder}/`) && accepts(path))
    .flatMap((source: SourceFile) => importsOf(source).map((target) => ({ source, target })));
}

function isOurs(target: string): boolean {
  return target.startsWith('@plinth/');
}

function packageName(target: string): string {
  return target
    .split('/')
    .slice(0, target.startsWith('@') ? 2 : 1)
    .join('/');
}
