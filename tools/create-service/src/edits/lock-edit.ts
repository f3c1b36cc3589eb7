import { AnchorMissingError } from '../create.errors.ts';

const path = 'pnpm-lock.yaml';

/** A direct dependency as the lock file names it. */
export interface LockedDependency {
  readonly specifier: string;
  readonly version: string;
}

/**
 * Enters a package whose dependencies other packages have already, so that nothing must be fetched or resolved. Its
 * block is copied from a package of the same depth with the same dependencies.
 */
export function copyImporter(text: string, from: string, to: string): string {
  if (findImporter(text, to) !== undefined) return text;
  const source = findImporter(text, from);
  if (source === undefined) throw new AnchorMissingError(path, `importer "${from}"`);
  const block = `  ${to}:\n${text.slice(source.start, source.end).split('\n').slice(1).join('\n')}`;
  return insertSorted(text, to, block);
}

/** Enters a package with the given dependencies. */
export function addImporter(
  text: string,
  name: string,
  dependencies: Readonly<Record<string, LockedDependency>>,
  development: Readonly<Record<string, LockedDependency>> = {},
): string {
  if (findImporter(text, name) !== undefined) return text;
  const block = [
    `  ${name}:`,
    ...section('dependencies', dependencies),
    ...section('devDependencies', development),
    '',
    '',
  ].join('\n');
  return insertSorted(text, name, block);
}

/** The dependency of a package that is in the lock file. */
export function findLocked(text: string, importer: string, dependency: string): LockedDependency | undefined {
  const found = findImporter(text, importer);
  if (found === undefined) return undefined;
  const block = text.slice(found.start, found.end);
  const at = block.indexOf(`\n      ${key(dependency)}:\n`);
  const [, specifier, version] = /specifier: (.+)\n\s+version: (.+)\n/.exec(at < 0 ? '' : block.slice(at)) ?? [];
  return specifier === undefined || version === undefined ? undefined : { specifier, version };
}

/** Enters that a package depends on another one of the workspace. */
export function addLink(text: string, importer: string, dependency: string, link: string): string {
  const found = findImporter(text, importer);
  if (found === undefined) throw new AnchorMissingError(path, `importer "${importer}"`);
  const block = text.slice(found.start, found.end);
  if (block.includes(`\n      ${key(dependency)}:\n`)) return text;
  const head = '    dependencies:\n';
  const start = block.indexOf(head) + head.length;
  if (start < head.length) throw new AnchorMissingError(path, `dependencies of "${importer}"`);
  const rest = block.slice(start);
  const length = /^(?: {6}.*\n)*/.exec(rest)![0].length;
  const entries = rest.slice(0, length).match(/ {6}\S.*\n(?: {8}.*\n)*/g) ?? [];
  const entry = `      ${key(dependency)}:\n        specifier: workspace:*\n        version: link:${link}\n`;
  const names = (line: string) => line.trim().split(':\n')[0]!.replaceAll("'", '');
  const at = entries.findIndex((other) => names(other) > dependency);
  entries.splice(at < 0 ? entries.length : at, 0, entry);
  const changed = `${block.slice(0, start)}${entries.join('')}${rest.slice(length)}`;
  return `${text.slice(0, found.start)}${changed}${text.slice(found.end)}`;
}

function section(title: string, dependencies: Readonly<Record<string, LockedDependency>>): string[] {
  const entries = Object.entries(dependencies).toSorted(([left], [right]) => (left < right ? -1 : 1));
  if (entries.length === 0) return [];
  return [
    `    ${title}:`,
    ...entries.flatMap(([name, { specifier, version }]) => [
      `      ${key(name)}:`,
      `        specifier: ${specifier}`,
      `        version: ${version}`,
    ]),
  ];
}

function key(name: string): string {
  return name.startsWith('@') ? `'${name}'` : name;
}

function insertSorted(text: string, name: string, block: string): string {
  const start = text.indexOf('\nimporters:\n');
  const end = text.indexOf('\npackages:\n');
  if (start < 0 || end < 0) throw new AnchorMissingError(path, '"importers"');
  const following = [...text.slice(start, end).matchAll(/^ {2}(\S+):\n/gm)].find(([, other]) => other! > name);
  const at = following === undefined ? end + 1 : start + following.index;
  return `${text.slice(0, at)}${block}${text.slice(at)}`;
}

function findImporter(text: string, name: string): { start: number; end: number } | undefined {
  const end = text.indexOf('\npackages:\n');
  const start = text.indexOf(`\n  ${name}:\n`) + 1;
  if (start === 0 || start > end) return undefined;
  const next = /^ {2}\S+:\n/gm;
  next.lastIndex = start + name.length + 4;
  const following = next.exec(text)?.index ?? end + 1;
  return { start, end: Math.min(following, end + 1) };
}
