import type { SourceFile, WorkTree } from './work-tree.ts';
import { isTest, withoutComments } from './work-tree.ts';

/** Files that may be longer than the limit, each with its reason. */
export type AllowList = Record<string, string>;

const lineLimit = 400;

// A closed list. `contract` is the face of a service towards the others; the second line is tests and machine-written files.
const roles =
  'manifest module controller service store dto errors config guard filter consumer command handler interceptor contract ' +
  'builders properties test pg e2e conformance generated d';
const fileName = new RegExp(`^[a-z0-9]+(-[a-z0-9]+)*(\\.(${roles.replaceAll(' ', '|')}))*\\.tsx?$`);

/** No source over 400 lines without a reason, and no reason without such a source. */
export function checkFileSizes(tree: WorkTree, allowed: AllowList): string[] {
  const long = tree.sources.filter((source) => !isGenerated(source) && countLines(source.text) > lineLimit);
  const paths = new Set(long.map(({ path }) => path));
  return [
    ...long
      .filter(({ path }) => !allowed[path]?.trim())
      .map(
        (source) => `${source.path} has ${countLines(source.text)} lines and no reason in structure.allow-list.json`,
      ),
    ...Object.keys(allowed)
      .filter((path) => !paths.has(path))
      .map((path) => `structure.allow-list.json names ${path}, which needs no reason`),
  ];
}

/** kebab-case, then a role of the closed list. Routes of web applications are named by their routers. */
export function checkFileNames(tree: WorkTree): string[] {
  return tree.sources
    .filter(({ path }) => !/^apps\/[^/]+\/src\/routes\//.test(path))
    .filter(({ path }) => !fileName.test(path.split('/').at(-1)!))
    .map(({ path }) => `${path} is not kebab-case with a role of the list`);
}

/** A library or a service has one index.ts, at src/index.ts; no package has another one. */
export function checkIndexFiles(tree: WorkTree): string[] {
  return tree.packages.flatMap(({ folder }) => {
    const sources = tree.sources.filter(({ path }) => path.startsWith(`${folder}/src/`)).map(({ path }) => path);
    const needed = /^(libs|services)\//.test(folder) && sources.length > 0;
    const missing = needed && !sources.includes(`${folder}/src/index.ts`) ? [`${folder}/src/index.ts is missing`] : [];
    const inner = sources.filter((path) => /\/index\.tsx?$/.test(path) && path !== `${folder}/src/index.ts`);
    return [...missing, ...inner.map((path) => `${path} is a second index`)];
  });
}

/** The environment is read in main.ts; everything else gets values. */
export function checkProcessEnv(tree: WorkTree): string[] {
  return tree.sources
    .filter(({ path }) => !isTest(path) && !/(^|\/)main\.ts$|^scripts\/|^[^/]+\.config\.ts$/.test(path))
    .filter(({ text }) => /\bprocess\s*(\?\.|\.)\s*env\b|\benv\b[^;]*from 'node:process'/.test(withoutComments(text)))
    .map(({ path }) => `${path} reads process.env`);
}

function isGenerated({ path }: SourceFile): boolean {
  return /\/(migrations|generated)\/|\.generated\.ts$|\.gen\.ts$/.test(path);
}

function countLines(text: string): number {
  return text.split('\n').length - (text.endsWith('\n') ? 1 : 0);
}
