import { expect, it } from 'vitest';
import { addImporter, addLink, copyImporter, findLocked } from './lock-edit.ts';
import { addDependency, addReference } from './package-edit.ts';
import { addElement, addImport, addProperty, addToCall } from './source-edit.ts';

const lock = `lockfileVersion: '9.0'

importers:

  .:
    devDependencies:
      vitest:
        specifier: 5.1.1
        version: 5.1.1(x)

  apps/server:
    dependencies:
      '@plinth/iam':
        specifier: workspace:*
        version: link:../../services/iam
      zod:
        specifier: 4.6.7
        version: 4.6.7
    devDependencies:
      '@plinth/testing':
        specifier: workspace:*
        version: link:../../libs/testing

  services/iam:
    dependencies:
      zod:
        specifier: 4.6.7
        version: 4.6.7

packages:

  zod@4.6.7:
    resolution: {integrity: sha512-x}
`;

it('copies a package in the lock file to its alphabetical place, also behind the last one', () => {
  const block = 'dependencies:\n      zod:\n        specifier: 4.6.7\n        version: 4.6.7\n';
  const before = copyImporter(lock, 'services/iam', 'services/audit');
  expect(before).toContain(`  services/audit:\n    ${block}\n  services/iam:\n`);
  const behind = copyImporter(lock, 'services/iam', 'services/loyalty');
  expect(behind).toContain(`  services/iam:\n    ${block}\n  services/loyalty:\n    ${block}\npackages:\n`);
  expect(copyImporter(behind, 'services/iam', 'services/loyalty')).toBe(behind);
});

it('links packages in order, once, and leaves the rest as it is', () => {
  const linked = addLink(lock, 'apps/server', '@plinth/loyalty', '../../services/loyalty');
  const entry =
    "      '@plinth/loyalty':\n        specifier: workspace:*\n        version: link:../../services/loyalty\n";
  expect(linked).toBe(lock.replace('      zod:\n', `${entry}      zod:\n`));
  expect(addLink(linked, 'apps/server', '@plinth/loyalty', '../../services/loyalty')).toBe(linked);
});

it('finds what is locked and enters a package with it', () => {
  const zod = findLocked(lock, 'apps/server', 'zod');
  expect(zod).toEqual({ specifier: '4.6.7', version: '4.6.7' });
  expect(findLocked(lock, 'apps/server', 'vitest')).toBeUndefined();
  expect(addImporter(lock, 'apps/desk', { zod: zod! })).toContain(
    '  apps/desk:\n    dependencies:\n      zod:\n        specifier: 4.6.7\n        version: 4.6.7\n\n  apps/server:\n',
  );
});

it('adds a dependency in its place and a reference at the end', () => {
  const json = '{\n  "dependencies": {\n    "@plinth/iam": "workspace:*",\n    "zod": "4.6.7"\n  }\n}\n';
  expect(Object.keys(JSON.parse(addDependency('p', json, '@plinth/loyalty', 'workspace:*')).dependencies)).toEqual([
    '@plinth/iam',
    '@plinth/loyalty',
    'zod',
  ]);
  const tsconfig = '{\n  "references": [{ "path": "a" }]\n}\n';
  const added = addReference('t', tsconfig, 'b');
  expect(JSON.parse(added)).toEqual({ references: [{ path: 'a' }, { path: 'b' }] });
  expect(addReference('t', added, 'b')).toBe(added);
});

it('adds to objects and lists behind any assertion, in any form, once', () => {
  const source = `const loaders: Record<string, unknown> = { a: 1, };\nexport const list = ['a'] as const;\nexport const none = [];`;
  const property = addProperty('s.ts', source, 'loaders', 'b', 'b: 2');
  expect(property).toContain('{ a: 1,\nb: 2, }');
  expect(addProperty('s.ts', property, 'loaders', 'b', 'b: 2')).toBe(property);
  const element = addElement('s.ts', source, 'list', "'b'");
  expect(element).toContain("['a',\n'b'] as const");
  expect(addElement('s.ts', element, 'list', "'b'")).toBe(element);
  expect(addElement('s.ts', source, 'none', "'b'")).toContain("none = ['b']");
});

it.each([
  ['kept in a constant', 'export const platform = define({ apps: [] });'],
  ['exported by default', 'export default define({ apps: [] });'],
])('adds to the list of a call that is %s', (_title, source) => {
  expect(addToCall('s.ts', source, 'define', 'apps', "vite('x')")).toContain("apps: [vite('x')]");
});

it('adds a name to the import of a module, or an import', () => {
  const source = `import { a } from 'a';\n`;
  expect(addImport('s.ts', source, 'b', 'a')).toBe(`import { a, b } from 'a';\n`);
  expect(addImport('s.ts', source, 'a', 'a')).toBe(source);
  expect(addImport('s.ts', source, 'b', 'b')).toBe(`import { a } from 'a';\nimport { b } from 'b';\n`);
});
