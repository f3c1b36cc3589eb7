import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { loadDescription } from './load-description.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'description-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

it.each([
  ['a file that is not there', 'missing.ts', undefined, 'there is no such file'],
  ['a folder', '.', undefined, 'it is a folder'],
  ['a file with another export', 'other.ts', 'export const other = 1;', 'does not export const platform'],
  [
    'a description without what everything needs',
    'bare.ts',
    "export const platform = { name: 'shop', environments: {} };",
    'has no domain, no registry, no version, no targets',
  ],
])('says what is wrong with %s', async (_title, name, content, message) => {
  const file = join(folder, name);
  if (content !== undefined) writeFileSync(file, content);
  await expect(loadDescription(file)).rejects.toThrow(message);
});
