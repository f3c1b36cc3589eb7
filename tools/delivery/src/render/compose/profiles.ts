import type { Workload } from '../../model/platform-model.ts';

/** Profile that starts everything. */
const everything = 'all';

/**
 * Profiles of each workload by name; none: always started. A workload in a profile is also in those of its product,
 * its tier and `all`, and whatever it depends on starts in every profile in which it starts: no profile leaves a
 * service without its database.
 */
export function resolveProfiles(workloads: readonly Workload[]): ReadonlyMap<string, readonly string[]> {
  const byName = new Map(workloads.map((workload) => [workload.name, workload]));
  const found = new Map(workloads.map((workload) => [workload.name, new Set(ownProfiles(workload))]));
  for (const { name } of workloads) {
    for (const dependency of dependencyClosure(name, byName)) {
      const theirs = found.get(dependency);
      if (theirs === undefined || theirs.size === 0) continue;
      const own = [...(found.get(name) ?? [])];
      if (own.length === 0) theirs.clear();
      for (const profile of own) theirs.add(profile);
    }
  }
  return new Map([...found].map(([name, profiles]) => [name, [...profiles].toSorted()]));
}

function ownProfiles({ profiles, product, tier }: Workload): string[] {
  if (profiles.length === 0) return [];
  return [
    ...profiles,
    ...(product === undefined ? [] : [product]),
    ...(tier === '00' ? [] : [`tier-${tier}`]),
    everything,
  ];
}

function dependencyClosure(root: string, byName: ReadonlyMap<string, Workload>): string[] {
  const found = new Set<string>();
  const waiting = [root];
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    for (const { workload } of byName.get(name)?.dependsOn ?? []) {
      if (workload === root || found.has(workload)) continue;
      found.add(workload);
      waiting.push(workload);
    }
  }
  return [...found];
}
