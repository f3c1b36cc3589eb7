import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Artifact } from './artifact.ts';
import { sortArtifacts } from './artifact.ts';
import { RenderedFilesEditedError } from './render.errors.ts';
import { compareRendered } from './rendered-manifest.ts';
import { loadContents, loadManifest, writeArtifacts } from './write-artifacts.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rendered-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const compose: Artifact = { path: 'compose/production/compose.yaml', content: 'name: shop\n' };
const routes: Artifact = { path: 'gateway/production/caddy/Caddyfile', content: 'shop.example.com\n' };
const write = (artifacts: readonly Artifact[], owned = [''], force = false) =>
  writeArtifacts(artifacts, { folder, platform: 'shop', owned, force });

it('writes what changed and removes what is no longer rendered', async () => {
  expect(await write([compose, routes])).toEqual({ written: 2, unchanged: 0, removed: 0 });
  expect(await write([compose])).toEqual({ written: 0, unchanged: 1, removed: 1 });
  expect(existsSync(join(folder, routes.path))).toBe(false);
  expect(Object.keys((await loadManifest(folder))?.files ?? {})).toEqual([compose.path]);
});

it('leaves other targets and files of other people alone', async () => {
  writeFileSync(join(folder, 'notes.txt'), 'mine');
  await write([compose, routes]);
  await write([{ ...compose, content: 'name: store\n' }], ['compose/']);
  expect(readFileSync(join(folder, 'notes.txt'), 'utf8')).toBe('mine');
  expect(Object.keys((await loadManifest(folder))?.files ?? {})).toEqual([compose.path, routes.path]);
});

it('refuses to overwrite what was edited by hand, unless told to', async () => {
  await write([compose]);
  writeFileSync(join(folder, compose.path), 'name: edited\n');
  await expect(write([compose])).rejects.toThrow(RenderedFilesEditedError);
  expect(readFileSync(join(folder, compose.path), 'utf8')).toBe('name: edited\n');
  await write([compose], [''], true);
  expect(readFileSync(join(folder, compose.path), 'utf8')).toBe(compose.content);
});

it('tells edited, stale, missing and left-over files apart', async () => {
  const all = ['edited', 'stale', 'missing', 'same', 'left over'].map((name) => ({ path: name, content: name }));
  await write(all);
  writeFileSync(join(folder, 'edited'), 'by hand');
  rmSync(join(folder, 'missing'));
  const expected = all
    .filter(({ path }) => path !== 'left over')
    .map((artifact) => (artifact.path === 'stale' ? { ...artifact, content: 'newer' } : artifact));
  const manifest = await loadManifest(folder);
  const contents = await loadContents(
    folder,
    all.map(({ path }) => path),
  );
  expect(compareRendered(expected, manifest!, contents)).toEqual([
    { path: 'edited', state: 'edited' },
    { path: 'left over', state: 'left over' },
    { path: 'missing', state: 'missing' },
    { path: 'stale', state: 'stale' },
  ]);
});

it('refuses two artifacts of one path', () => {
  expect(() => sortArtifacts([compose, compose])).toThrow('is rendered twice');
});
