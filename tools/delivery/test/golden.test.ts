import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { openPlatform } from '../src/open-platform.ts';
import { createManifest, MANIFEST_FILE, renderManifest } from '../src/render/rendered-manifest.ts';
import { renderTargets } from '../src/render/render-targets.ts';
import { exampleNames } from './example-platforms.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));

describe.each(exampleNames)('the reference platform %s', (name) => {
  const file = `examples/${name}/platform.ts`;

  it('has no fault', async () => {
    expect((await openPlatform(file, root)).faults).toEqual([]);
  });

  it('is described in less than 150 lines', () => {
    expect(readFileSync(join(root, file), 'utf8').split('\n').length).toBeLessThan(150);
  });

  // When the change is meant: npm run generate, and review the difference.
  it('renders to its golden tree, byte for byte', async () => {
    const { description, environments } = await openPlatform(file, root);
    const artifacts = renderTargets({ environments, targets: description.targets });
    const rendered = new Map(artifacts.map(({ path, content }) => [path, content]));
    rendered.set(MANIFEST_FILE, renderManifest(createManifest(description.name, artifacts)));
    const golden = readTree(join(root, 'tools/delivery/test/golden', name));
    const differing = [...new Set([...rendered.keys(), ...golden.keys()])]
      .filter((path) => rendered.get(path) !== golden.get(path))
      .toSorted();
    const first = differing.find((path) => path !== MANIFEST_FILE);
    if (first !== undefined) expect(rendered.get(first), first).toBe(golden.get(first));
    expect(differing).toEqual([]);
  });

  it('renders to the same bytes twice', async () => {
    const { description, environments } = await openPlatform(file, root);
    const render = () => renderTargets({ environments, targets: description.targets });
    expect(render()).toEqual(render());
  });

  it('contains no secret and no moving tag', async () => {
    const { description, environments } = await openPlatform(file, root);
    for (const { path, content } of renderTargets({ environments, targets: description.targets })) {
      expect(content, path).not.toMatch(/image: \S+:latest\b|-----BEGIN [A-Z ]*PRIVATE KEY/);
    }
  });
});

function readTree(folder: string): Map<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return new Map(
    files.map((entry) => {
      const path = join(entry.parentPath, entry.name);
      return [path.slice(folder.length + 1).replaceAll('\\', '/'), readFileSync(path, 'utf8')];
    }),
  );
}
