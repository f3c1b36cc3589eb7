import { fileURLToPath } from 'node:url';
import { completePlatform } from '../src/render/complete-platform.ts';
import { loadDescription } from '../src/description/load-description.ts';
import { resolvePlatform } from '../src/description/resolve-platform.ts';
import type { RenderInput } from '../src/render/renderer.ts';

export const exampleNames = ['saas-on-one-vm', 'metered-api', 'home-lab', 'air-gapped', 'many-products'] as const;
export type ExampleName = (typeof exampleNames)[number];

const root = fileURLToPath(new URL('../../..', import.meta.url));

/** A reference platform, resolved and completed as renderers get it; production when no environment is named. */
export async function loadExample(name: ExampleName, environment = 'production'): Promise<RenderInput> {
  return loadPlatform(`${root}examples/${name}/platform.ts`, environment);
}

/** The platform of this repository. */
export async function loadOwnPlatform(environment = 'production'): Promise<RenderInput> {
  return loadPlatform(`${root}platform/platform.ts`, environment);
}

async function loadPlatform(file: string, environment: string): Promise<RenderInput> {
  const description = await loadDescription(file);
  const resolved = Object.keys(description.environments).map((name) => resolvePlatform(description, name));
  const environments = resolved.map((platform) => completePlatform(platform, resolved).platform);
  const platform = environments.find((candidate) => candidate.environment === environment);
  if (platform === undefined) throw new Error(`${file} has no environment ${environment}`);
  return { platform, environments };
}
