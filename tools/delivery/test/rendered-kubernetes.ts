import { runPeer } from '@plinth/testing';
import type { RenderInput } from '../src/render/renderer.ts';
import type { KubernetesObject } from '../src/render/kubernetes/kubernetes-object.ts';
import { parseObjects } from './kubernetes-api-server.ts';

/** What Kustomize makes of an overlay; throws what it prints when it refuses. */
export async function buildOverlay(kustomize: string, folder: string): Promise<KubernetesObject[]> {
  const { code, stdout, stderr } = await runPeer(kustomize, ['build', folder]);
  if (code !== 0) throw new Error(stderr);
  return parseObjects(stdout);
}

/** What Helm makes of a chart in an environment, hooks included; throws what it prints when it refuses. */
export async function templateChart(
  helm: string,
  folder: string,
  options: {
    readonly chart: string;
    readonly environment: string;
    readonly namespace: string;
    readonly more?: readonly string[];
  },
): Promise<KubernetesObject[]> {
  const { chart, environment, namespace, more = [] } = options;
  const release = ['template', chart, `charts/${chart}`, '--namespace', namespace];
  const values = ['--values', `charts/${chart}/values-${environment}.yaml`, '--values', `images/${environment}.yaml`];
  const { code, stdout, stderr } = await runPeer(helm, [...release, ...values, ...more], { cwd: folder });
  if (code !== 0) throw new Error(stderr);
  return parseObjects(stdout);
}

/** The same platforms with some fields of their own. */
export function withPlatforms(
  input: RenderInput,
  change: (platform: RenderInput['platform']) => RenderInput['platform'],
): RenderInput {
  const environments = input.environments.map(change);
  const platform = environments.find(({ environment }) => environment === input.platform.environment);
  if (platform === undefined) throw new Error('the environment is gone');
  return { platform, environments };
}
