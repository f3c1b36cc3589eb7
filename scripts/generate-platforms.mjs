import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from './paths.mjs';

/** The reference platforms of `examples/`, in the order of the docs. */
export const referencePlatforms = ['saas-on-one-vm', 'metered-api', 'home-lab', 'air-gapped', 'many-products'];

/**
 * Renders every reference platform into its golden tree and makes the tables of the docs. Resolves to the files of
 * the docs by path and to what could not be rendered.
 */
export async function generatePlatforms() {
  const delivery = await importBuilt('tools/delivery/dist/src/index.js');
  const { renderCatalogueTable } = await importBuilt('tools/delivery/dist/src/catalogue/catalogue-table.js');
  const failures = [];
  const rows = [];
  for (const name of referencePlatforms) {
    const file = `examples/${name}/platform.ts`;
    const { description, environments, faults } = await delivery.openPlatform(file, root);
    if (faults.length > 0) {
      failures.push(`${file} has ${faults.length} faults: plinth check ${file}`);
      continue;
    }
    const artifacts = delivery.renderTargets({ environments, targets: description.targets });
    const folder = join(root, 'tools/delivery/test/golden', name);
    // Golden trees are made anew: tags in them are the description's.
    rmSync(folder, { recursive: true, force: true });
    await delivery.writeArtifacts(artifacts, {
      folder,
      platform: description.name,
      force: true,
      owned: [''],
    });
    rows.push({
      name,
      title: description.title ?? name,
      targets: description.targets,
      containers: environments.at(-1).workloads.length,
      written: countLines(readFileSync(join(root, file), 'utf8')),
      files: artifacts.length,
      rendered: artifacts.reduce((sum, { content }) => sum + countLines(content), 0),
    });
  }
  const files = new Map([
    ['docs/reference/catalogue.md', renderCatalogueTable()],
    ['docs/reference/reference-platforms.md', renderTable(rows)],
  ]);
  return { files, failures };
}

function renderTable(rows) {
  return [
    '# Reference platforms',
    '',
    'Lines that people write, and lines that are rendered from them for all environments and all targets that a platform names. Made by `npm run generate`; the trees are in `tools/delivery/test/golden`.',
    '',
    '| platform | targets | containers | description | files | rendered lines |',
    '| --- | --- | --: | --: | --: | --: |',
    ...rows.map(
      ({ name, targets, containers, written, files, rendered }) =>
        `| [${name}](../../examples/${name}/platform.ts) | ${targets.join(', ')} | ${containers} | ${written} | ${files} | ${rendered} |`,
    ),
    '',
  ].join('\n');
}

function countLines(text) {
  return text.split('\n').length - (text.endsWith('\n') ? 1 : 0);
}

function importBuilt(path) {
  return import(pathToFileURL(join(root, path)).href);
}
