import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The paths of all conformance tests below the folder. */
export function listConformanceTests(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isFile()) return entry.name.endsWith('.conformance.test.ts') ? [path] : [];
    const skipped = entry.name.startsWith('.') || entry.name === 'node_modules' || entry.name === 'dist';
    return entry.isDirectory() && !skipped ? listConformanceTests(path) : [];
  });
}

/** The names that tests pass to requirePeers: what no test runs is not worth minutes of building. */
export function listPeersOfTests(files) {
  const calls = files.flatMap((file) => [...readFileSync(file, 'utf8').matchAll(/\brequirePeers\(([^)]*)\)/g)]);
  const names = calls.flatMap(([, names]) => [...names.matchAll(/['"]([^'"]+)['"]/g)].map(([, name]) => name));
  return [...new Set(names)];
}
