import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { generatePlatforms } from './generate-platforms.mjs';
import { root, say } from './paths.mjs';

/**
 * Makes the reference and the client's operations from what the services declare; no database is needed.
 * `importModule` gets the path of a TypeScript source: the build's output is loaded here, the source itself in tests.
 * Resolves to the files by path and to what could not be read.
 */
export async function generate(importModule) {
  const failures = [];
  const load = async (path) => {
    try {
      return await importModule(path);
    } catch (error) {
      failures.push(`${path}: ${error instanceof Error ? error.message : error}`);
      return {};
    }
  };
  const [{ renderReference }, { renderOpenApi }, { eventTypes }] = await Promise.all([
    importModule('libs/client/src/generation/render-reference.ts'),
    importModule('libs/common/src/http/openapi.ts'),
    importModule('libs/contracts/src/events/event-types.ts'),
  ]);
  const services = [];
  for (const folder of listServiceFolders()) {
    const { manifest } = await load(`${folder}/service.manifest.ts`);
    if (manifest === undefined) continue;
    const operations = new Set();
    for (const path of listSources(`${folder}/src`).filter((file) => file.endsWith('.dto.ts'))) {
      for (const value of Object.values(await load(path))) if (isOperation(value)) operations.add(value);
    }
    services.push({ manifest, operations: [...operations].sort(byId) });
  }
  failures.push(...findClashes(services));
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const files = renderReference({
    document: renderOpenApi(services, 'http://localhost:3000', version),
    events: Object.entries(eventTypes).map(([type, { topic, version: eventVersion, data }]) => ({
      type,
      topic,
      version: eventVersion,
      data: data.toJSONSchema({ unrepresentable: 'any' }),
    })),
    manifests: services.map(({ manifest }) => manifest),
    sources: listErrorSources(),
  });
  return { files, failures };
}

/** The sources in which error codes are declared. */
export function listErrorSources() {
  return ['libs', 'services', 'apps', 'tools']
    .flatMap((top) => listFolders(top).flatMap((name) => listSources(`${top}/${name}/src`)))
    .filter(
      (path) => !path.endsWith('.test.ts') && !path.startsWith('libs/client/') && !path.startsWith('libs/testing/'),
    )
    .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }));
}

function listServiceFolders() {
  return listFolders('services')
    .map((name) => `services/${name}`)
    .filter((folder) => existsSync(join(root, folder, 'service.manifest.ts')));
}

function listFolders(top) {
  return readdirSync(join(root, top), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
}

function listSources(folder) {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder), { recursive: true })
    .map((name) => `${folder}/${name.replaceAll('\\', '/')}`)
    .filter((path) => path.endsWith('.ts') && !path.endsWith('.d.ts'))
    .sort();
}

function isOperation(value) {
  return ['id', 'method', 'path', 'permission', 'response'].every((name) => value?.[name] !== undefined);
}

function byId(left, right) {
  return left.id < right.id ? -1 : 1;
}

function findClashes(services) {
  const owners = new Map();
  return services.flatMap(({ manifest, operations }) =>
    operations.flatMap(({ id }) => {
      const owner = owners.get(id);
      owners.set(id, manifest.name);
      return owner === undefined ? [] : [`the operation ${id} of ${manifest.name} is also one of ${owner}`];
    }),
  );
}

/** The compiled module of a source. */
function importBuilt(path) {
  const [, folder, inside] = /^([^/]+\/[^/]+)\/(.*)\.ts$/.exec(path);
  return import(pathToFileURL(join(root, folder, 'dist', `${inside}.js`)).href);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const reference = await generate(importBuilt);
  const platforms = await generatePlatforms();
  const failures = [...reference.failures, ...platforms.failures];
  for (const [path, text] of [...reference.files, ...platforms.files]) {
    const file = join(root, path);
    if (existsSync(file) && readFileSync(file, 'utf8') === text) continue;
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
    say(`Wrote ${path}`);
  }
  for (const failure of failures) say(`Not generated: ${failure}`);
  if (failures.length > 0) process.exitCode = 1;
}
