/** One edge of the tree: a division and what it is part of. */
export interface TreeEdge {
  readonly id: string;
  readonly parentId: string | null;
}

/**
 * Whether putting `divisionId` below `parentId` would make it its own ancestor. `path` holds at least the edges
 * from `parentId` up to the organization.
 */
export function wouldCycle(path: readonly TreeEdge[], divisionId: string, parentId: string | null): boolean {
  const parents = new Map(path.map((edge) => [edge.id, edge.parentId]));
  const seen = new Set<string>();
  for (let at: string | null | undefined = parentId; typeof at === 'string'; at = parents.get(at)) {
    if (at === divisionId || seen.has(at)) return true;
    seen.add(at);
  }
  return false;
}
