import type { ResolvedPlatform } from './platform-model.ts';

/** A cluster and the environments that are on it, in the order of the description. */
export interface Cluster {
  readonly name: string;
  readonly environments: readonly ResolvedPlatform[];
}

/** The clusters of a platform, in the order in which environments name them first. */
export function groupByCluster(environments: readonly ResolvedPlatform[]): Cluster[] {
  const names = [...new Set(environments.map(({ cluster }) => cluster.name))];
  return names.map((name) => ({
    name,
    environments: environments.filter(({ cluster }) => cluster.name === name),
  }));
}
