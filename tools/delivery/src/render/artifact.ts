/** A rendered file: a path below the output folder, with `/`, and its whole content. */
export interface Artifact {
  readonly path: string;
  readonly content: string;
  readonly executable?: boolean;
  /** Tags in it are written by a pipeline afterwards: those that the file has stay when it is rendered again. */
  readonly keepsTags?: boolean;
}

/** Sorted by path, so that the same platform gives the same list; two artifacts of one path are a fault of ours. */
export function sortArtifacts(artifacts: readonly Artifact[]): Artifact[] {
  const sorted = artifacts.toSorted((left, right) => (left.path < right.path ? -1 : left.path > right.path ? 1 : 0));
  for (const [index, artifact] of sorted.entries()) {
    if (sorted[index + 1]?.path === artifact.path) throw new Error(`${artifact.path} is rendered twice`);
  }
  return sorted;
}
