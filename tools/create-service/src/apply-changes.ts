import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import type { FileChange } from './work-tree.ts';

const formatted = /\.(ts|tsx|mjs|json)$/;

/** Writes a plan, and has the repository's own formatter look at it where that is installed. */
export async function applyChanges(root: string, changes: readonly FileChange[]): Promise<void> {
  for (const { path, content } of changes) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), content);
  }
  const formatter = join(root, 'node_modules/oxfmt/bin/oxfmt');
  const paths = changes.map(({ path }) => path).filter((path) => formatted.test(path));
  if (!existsSync(formatter) || paths.length === 0) return;
  await promisify(execFile)(process.execPath, [formatter, ...paths], { cwd: root });
}
