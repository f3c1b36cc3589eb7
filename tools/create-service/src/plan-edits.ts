import { AnchorMissingError } from './create.errors.ts';
import type { FileChange, WorkTree } from './work-tree.ts';

/** A file that is there, and what becomes of its text. Doing it twice does it once. */
export type Edit = readonly [path: string, change: (path: string, text: string) => string];

/** What the edits change; files that stay as they are are left out. */
export function planEdits(tree: WorkTree, edits: readonly Edit[]): FileChange[] {
  return edits.flatMap(([path, change]) => {
    const text = tree.read(path);
    if (text === undefined) throw new AnchorMissingError(path, 'file');
    const content = change(path, text);
    return content === text ? [] : [{ path, kind: 'changed' as const, content }];
  });
}
