import type { ServiceManifest } from '@plinth/contracts';
import type { ServiceObjectives } from '../model/platform-model.ts';
import type { PlatformDescription } from './platform-description.ts';

/** What a service promises unless the description says otherwise. */
export const usualObjectives: ServiceObjectives = { availability: 0.999, latency: { target: 0.95, within: 0.5 } };

/** Objectives of each core service of an environment. */
export function resolveObjectives(
  { objectives = {} }: PlatformDescription,
  services: readonly ServiceManifest[],
): Readonly<Record<string, ServiceObjectives>> {
  const resolved = services.map(({ name }) => {
    const own = Object.hasOwn(objectives, name) ? objectives[name] : undefined;
    const latency = { ...usualObjectives.latency, ...own?.latency };
    return [name, { availability: own?.availability ?? usualObjectives.availability, latency }] as const;
  });
  return Object.fromEntries(resolved);
}
