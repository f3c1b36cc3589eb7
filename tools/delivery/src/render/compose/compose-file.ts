import type { ResolvedPlatform, Workload } from '../../model/platform-model.ts';
import { renderYaml } from '../yaml.ts';
import { secretNames } from '../../model/workload-secrets.ts';
import { composeService } from './compose-service.ts';
import { present } from './compose-values.ts';
import { containerFiles } from './container-files.ts';

export type Layer = Workload['layer'];

export const layerFiles: Readonly<Record<Layer, string>> = {
  base: 'compose.yaml',
  dev: 'compose.dev.yaml',
  monitoring: 'compose.monitoring.yaml',
};

/** The two networks: the edge's, and one that reaches nothing outside. Addresses are the engine's to give. */
const networkDefinitions = { back: { driver: 'bridge', internal: true }, front: { driver: 'bridge' } } as const;

export interface LayerInput {
  readonly platform: ResolvedPlatform;
  readonly layer: Layer;
  readonly workloads: readonly Workload[];
  readonly profiles: ReadonlyMap<string, readonly string[]>;
  /** Parts added to services of other layers, by name. */
  readonly additions?: Readonly<Record<string, unknown>>;
}

/** One file of the stack. Layers beside the base are used together with it: `docker compose -f compose.yaml -f …`. */
export function composeFile(input: LayerInput): string {
  const { platform, layer, workloads, profiles, additions = {} } = input;
  const services = [
    ...workloads.map((workload): [string, unknown] => [
      workload.name,
      composeService({ platform, workload, profiles: profiles.get(workload.name) ?? [] }),
    ]),
    ...Object.entries(additions),
  ].toSorted(([left], [right]) => (left < right ? -1 : 1));
  return renderYaml({
    name: layer === 'base' ? platform.name : undefined,
    services: Object.fromEntries(services),
    networks: usedNetworks(workloads, Object.keys(additions).length > 0),
    volumes: definitions(workloads.flatMap(({ volumes }) => volumes.map(({ name }) => [name, {}]))),
    secrets: definitions(
      workloads.flatMap((workload) => secretNames(workload).map((name) => [name, { file: `./secrets/${name}` }])),
    ),
    configs: definitions(
      workloads.flatMap((workload) => containerFiles(workload).map(({ config, source }) => [config, { file: source }])),
    ),
  });
}

function usedNetworks(workloads: readonly Workload[], opensPorts: boolean): unknown {
  const used = new Set([...workloads.flatMap(({ networks }) => networks), ...(opensPorts ? ['front'] : [])]);
  return present({
    back: used.has('back') ? networkDefinitions.back : undefined,
    front: used.has('front') ? networkDefinitions.front : undefined,
  });
}

function definitions(entries: readonly (readonly [string, unknown] | readonly unknown[])[]): unknown {
  const sorted = (entries as readonly [string, unknown][]).toSorted(([left], [right]) => (left < right ? -1 : 1));
  return present(Object.fromEntries(sorted));
}
