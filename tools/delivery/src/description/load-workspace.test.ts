import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { loadWorkspace } from './load-workspace.ts';

let root = '';
afterEach(() => rmSync(root, { recursive: true, force: true }));

function write(files: Readonly<Record<string, unknown>>): void {
  root = mkdtempSync(join(tmpdir(), 'plinth-workspace-'));
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(join(root, path, '..'), { recursive: true });
    writeFileSync(join(root, path), typeof content === 'string' ? content : JSON.stringify(content));
  }
}

test('finds the packages of a workspace and what each needs to run and to be built', () => {
  write({
    'pnpm-workspace.yaml': 'packages:\n  - libs/*\n  - apps/chat\n  - "!libs/old"\n',
    'libs/data/package.json': { name: '@shop/data', devDependencies: { '@shop/settings': 'workspace:*' } },
    'libs/settings/package.json': { name: '@shop/settings' },
    'libs/old/package.json': { name: '@shop/old' },
    'libs/notes.txt': '',
    'apps/chat/package.json': { name: '@shop/chat', dependencies: { '@shop/data': 'workspace:*', pg: '8.23.1' } },
  });
  expect(loadWorkspace(root)).toEqual([
    { folder: 'apps/chat', dependencies: ['libs/data'], buildDependencies: [] },
    { folder: 'libs/data', dependencies: [], buildDependencies: ['libs/settings'] },
    { folder: 'libs/settings', dependencies: [], buildDependencies: [] },
  ]);
});

test('finds nothing where there is no workspace', () => {
  write({ 'package.json': {} });
  expect(loadWorkspace(root)).toEqual([]);
});
