import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { beforeAll, expect, test } from 'vitest';

interface Source {
  readonly path: string;
  readonly text: string;
}

interface Generator {
  generate(
    importModule: (path: string) => Promise<unknown>,
  ): Promise<{ files: Map<string, string>; failures: string[] }>;
  listErrorSources(): Source[];
}

const root = new URL('../../../', import.meta.url);
const read = (path: string): string => {
  const file = fileURLToPath(new URL(path, root));
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
};
// The sources themselves are loaded, not the build's output, which may be older.
const load = (path: string): Promise<unknown> => import(/* @vite-ignore */ fileURLToPath(new URL(path, root)));

let generator: Generator;
let files: Map<string, string>;
let failures: string[];
beforeAll(async () => {
  generator = (await load('scripts/generate.mjs')) as Generator;
  ({ files, failures } = await generator.generate(load));
}, 60_000);

test('every service can be read', () => {
  expect(failures).toEqual([]);
});

test.each([
  'docs/reference/openapi.json',
  'docs/reference/events.md',
  'docs/reference/errors.md',
  'libs/client/src/generated/operations.ts',
])('%s is what "npm run generate" makes', (path) => {
  // A whole diff of a long file hides the reason.
  expect(read(path) === files.get(path), 'run "npm run generate" and commit what it writes').toBe(true);
});

test('the page of error codes lists each code that the sources have and no other', () => {
  const listed = [...read('docs/reference/errors.md').matchAll(/^\| `([^`]+)` \|/gm)].map(([, code]) => code);
  const declared = generator
    .listErrorSources()
    .flatMap(({ text }) =>
      [...text.matchAll(/^ {2}readonly code(?:: string)? = ['"`]([^'"`]+)/gm)].map(([, code]) => code),
    );
  expect(listed).toEqual([...new Set(declared)].sort());
  expect(new Set(listed).size).toBe(listed.length);
});

test('operations promise listed error codes only', () => {
  const listed = read('docs/reference/errors.md');
  const promised = [
    ...(files.get('docs/reference/openapi.json') ?? '').matchAll(/"x-error-codes": \[([^\]]*)\]/g),
  ].flatMap(([, codes = '']) => codes.match(/[a-z0-9_.]+/g) ?? []);
  expect(promised.length).toBeGreaterThan(0);
  expect([...new Set(promised)].filter((code) => !listed.includes(`| \`${code}\` |`))).toEqual([]);
});
