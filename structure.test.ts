import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import {
  checkControllers,
  checkDelivery,
  checkLayers,
  checkManifests,
  checkRelativeImports,
  checkServicesApart,
  checkTestingOnlyInTests,
} from './scripts/structure/dependency-rules.ts';
import { checkFileNames, checkFileSizes, checkIndexFiles, checkProcessEnv } from './scripts/structure/file-rules.ts';
import type { WorkspacePackage, WorkTree } from './scripts/structure/work-tree.ts';
import { importsOf, loadWorkTree } from './scripts/structure/work-tree.ts';

const root = fileURLToPath(new URL('.', import.meta.url));
const allowed = JSON.parse(readFileSync(new URL('structure.allow-list.json', import.meta.url), 'utf8'));
const tree = loadWorkTree(root);

describe('the work tree', () => {
  it('was read', () => {
    expect(tree.packages.length).toBeGreaterThan(10);
    expect(tree.sources.map(({ path }) => path)).toContain('structure.test.ts');
  });

  it.each([
    ['keeps the layers', checkLayers],
    ['uses @plinth/testing in tests only', checkTestingOnlyInTests],
    ['keeps services apart', checkServicesApart],
    ['has manifests that import contracts only', checkManifests],
    ['imports controllers in modules and tests only', checkControllers],
    ['delivers from manifests, never from service code', checkDelivery],
    ['has no relative import that leaves its package', checkRelativeImports],
    ['names files by thing and role', checkFileNames],
    ['has one index.ts per package', checkIndexFiles],
    ['reads process.env in main.ts only', checkProcessEnv],
  ])('%s', (_title, check) => {
    expect(check(tree)).toEqual([]);
  });

  it('has no file over 400 lines without a reason', () => {
    expect(checkFileSizes(tree, allowed)).toEqual([]);
  });
});

describe('importsOf', () => {
  it('finds every form of import and no comment', () => {
    const text = `import a from 'a';
import {
  type B,
} from "b";
import 'c';
export { d } from 'd';
export * from './e.js';
const f = await import('f');
// import g from 'g';
/* import h from 'h'; */
const address = 'https://example.test'; // from 'i'`;
    expect(importsOf({ path: 'x.ts', text })).toEqual(['a', 'b', 'c', 'd', './e.js', 'f']);
  });
});

describe('each rule fails on a breach', () => {
  it('contracts that import one of ours', () => {
    const broken = treeOf({ 'libs/contracts/src/ids.ts': `import { x } from '@plinth/common';` });
    expect(checkLayers(broken)).toEqual(['libs/contracts/src/ids.ts imports @plinth/common']);
  });

  it('common that depends on a service', () => {
    const broken = treeOf({ 'libs/common/src/http/a.ts': `export { x } from '@plinth/account';` });
    broken.packages.find(({ name }) => name === '@plinth/common')!.dependencies.push('@plinth/account');
    expect(checkLayers(broken)).toEqual([
      'libs/common/package.json depends on @plinth/account',
      'libs/common/src/http/a.ts imports @plinth/account',
    ]);
  });

  it('testing outside tests', () => {
    const text = `import { clonedDatabase } from '@plinth/testing';`;
    const broken = treeOf({ 'services/account/src/a.ts': text, 'services/account/src/a.pg.test.ts': text });
    broken.packages.find(({ name }) => name === '@plinth/iam')!.dependencies.push('@plinth/testing');
    expect(checkTestingOnlyInTests(broken)).toEqual([
      'services/iam/package.json has @plinth/testing outside devDependencies',
      'services/account/src/a.ts imports @plinth/testing but is no test',
    ]);
  });

  it('a service that imports another one, even its manifest, even in a test', () => {
    const broken = treeOf({ 'services/account/src/a.test.ts': `import { m } from '@plinth/iam/manifest';` });
    broken.packages.find(({ name }) => name === '@plinth/account')!.devDependencies.push('@plinth/iam');
    expect(checkServicesApart(broken)).toEqual([
      'services/account/package.json depends on @plinth/iam',
      'services/account/src/a.test.ts imports @plinth/iam/manifest',
    ]);
  });

  it('a manifest that imports more than contracts', () => {
    const text = `import { defineService } from '@plinth/contracts';\nimport { config } from './src/config.js';`;
    const broken = treeOf({ 'services/account/service.manifest.ts': text });
    expect(checkManifests(broken)).toEqual(['services/account/service.manifest.ts imports ./src/config.js']);
  });

  it('a service file that imports a controller', () => {
    const text = `import { DivisionController } from './division.controller.js';`;
    const broken = treeOf({
      'services/account/src/division/division.service.ts': text,
      'services/account/src/division/division.controller.test.ts': text,
      'services/account/src/division/division.module.ts': text,
    });
    expect(checkControllers(broken)).toEqual([
      'services/account/src/division/division.service.ts imports ./division.controller.js',
    ]);
  });

  it('delivery that imports service code', () => {
    const text = `import { a } from '@plinth/account/manifest';\nimport { b } from '@plinth/account';`;
    const broken = treeOf({ 'tools/delivery/src/description/load-description.ts': text });
    expect(checkDelivery(broken)).toEqual([
      'tools/delivery/src/description/load-description.ts imports @plinth/account',
    ]);
  });

  it('a relative import into another package', () => {
    const text = `import { a } from '../../../libs/common/src/a.js';\nimport { b } from '../service.manifest.js';`;
    const broken = treeOf({ 'services/account/src/a.ts': text });
    expect(checkRelativeImports(broken)).toEqual(['services/account/src/a.ts imports ../../../libs/common/src/a.js']);
  });

  it('a file over 400 lines, and a reason that is not needed', () => {
    const long = 'export {};\n'.repeat(401);
    const broken = treeOf({
      'libs/common/src/long.ts': long,
      'libs/common/src/reasoned.ts': long,
      'libs/client/src/generated/operations.ts': long,
      'libs/common/src/fits.ts': 'export {};\n'.repeat(400),
    });
    const reasons = { 'libs/common/src/reasoned.ts': 'one table', 'libs/common/src/fits.ts': 'was long once' };
    expect(checkFileSizes(broken, reasons)).toEqual([
      'libs/common/src/long.ts has 401 lines and no reason in structure.allow-list.json',
      'structure.allow-list.json names libs/common/src/fits.ts, which needs no reason',
    ]);
  });

  it('a file name in another case or with an unknown role', () => {
    const names = ['divisionTree.ts', 'division.repository.ts', 'division-tree.ts', 'a.service.pg.test.ts', 'b.d.ts'];
    const broken = treeOf(Object.fromEntries(names.map((name) => [`services/account/src/${name}`, ''])));
    expect(checkFileNames(broken)).toEqual([
      'services/account/src/divisionTree.ts is not kebab-case with a role of the list',
      'services/account/src/division.repository.ts is not kebab-case with a role of the list',
    ]);
  });

  it('a missing and a second index.ts', () => {
    const broken = treeOf({ 'libs/common/src/http/index.ts': '', 'apps/cli/src/main.ts': '' });
    expect(checkIndexFiles(broken)).toEqual([
      'libs/common/src/index.ts is missing',
      'libs/common/src/http/index.ts is a second index',
    ]);
  });

  it('process.env outside main.ts', () => {
    const text = `const port = process.env['PORT'];`;
    const broken = treeOf({
      'services/account/src/config.ts': text,
      'services/account/src/main.ts': text,
      'services/account/src/quiet.ts': '// process.env is read in main.ts\n',
      'services/account/src/sly.ts': `import { env } from 'node:process';`,
      'libs/testing/src/postgres.ts': text,
    });
    expect(checkProcessEnv(broken)).toEqual([
      'services/account/src/config.ts reads process.env',
      'services/account/src/sly.ts reads process.env',
    ]);
  });
});

function treeOf(files: Record<string, string>): WorkTree {
  const folders = ['libs/contracts', 'libs/common', 'services/account', 'services/iam', 'apps/cli', 'tools/delivery'];
  return {
    packages: folders.map(packageIn),
    sources: Object.entries(files).map(([path, text]) => ({ path, text })),
  };
}

function packageIn(folder: string): WorkspacePackage {
  return { folder, name: `@plinth/${folder.split('/')[1]}`, dependencies: [], devDependencies: ['@plinth/testing'] };
}
