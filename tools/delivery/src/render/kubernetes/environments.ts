import type { ResolvedPlatform } from '../../model/platform-model.ts';
import { buildPlatformObjects } from './platform-objects.ts';
import { objectKey, type PlacedObject } from './kubernetes-object.ts';

/** One tree for all environments: what they share, and what each has or does differently. */
export interface EnvironmentObjects {
  readonly base: readonly PlacedObject[];
  readonly environments: readonly {
    readonly platform: ResolvedPlatform;
    readonly objects: readonly PlacedObject[];
    /** In this environment but not in all of them. */
    readonly own: readonly PlacedObject[];
  }[];
}

/** The last environment is what the others differ from: descriptions end with production. */
export function baseEnvironment(environments: readonly ResolvedPlatform[]): ResolvedPlatform {
  const base = environments.at(-1);
  if (base === undefined) throw new Error('A platform has at least one environment');
  return base;
}

/** Objects of all environments, and which of them are in each. */
export function buildEnvironmentObjects(environments: readonly ResolvedPlatform[]): EnvironmentObjects {
  const built = environments.map((platform) => ({ platform, objects: buildPlatformObjects(platform) }));
  const keys = built.map(({ objects }) => new Set(objects.map(placedKey)));
  const isShared = (placed: PlacedObject): boolean => keys.every((known) => known.has(placedKey(placed)));
  return {
    base: (built.at(-1)?.objects ?? []).filter(isShared),
    environments: built.map(({ platform, objects }) => ({
      platform,
      objects,
      own: objects.filter((placed) => !isShared(placed)),
    })),
  };
}

/** Also tells stages apart: an object that moves from one to another is not the same. */
export function placedKey({ stage, object }: PlacedObject): string {
  return `${stage}/${objectKey(object)}`;
}
