import type { ResolvedPlatform, Workload } from '../../model/platform-model.ts';

/**
 * Public hosts by which containers reach the edge. Only where these are names of the machine itself: elsewhere the
 * world's names lead to it, and probes from outside must go that way. An edge that listens at another port than the
 * world knows gets none.
 */
export function edgeNames(platform: ResolvedPlatform, workload: Workload): string[] {
  const edge = platform.components.find(({ entry }) => entry.name === platform.edge);
  const isEdge = edge?.workloads.includes(workload.name) === true;
  const isThere = workload.published.some(({ hostPort, port }) => hostPort === port);
  if (platform.scheme === 'https' || !isEdge || !isThere) return [];
  return [...new Set(platform.routes.map(({ host }) => host))].toSorted();
}
