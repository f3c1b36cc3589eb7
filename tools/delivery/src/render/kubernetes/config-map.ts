import { createHash } from 'node:crypto';
import type { ResolvedPlatform, Workload } from '../../model/platform-model.ts';
import { valueOf } from '../../model/workload-secrets.ts';
import type { KubernetesObject } from './kubernetes-object.ts';
import { workloadLabels } from './labels.ts';

/** Variables with their values; a secret one has the path of its file. */
export function variablesOf(workload: Workload): Record<string, string> {
  const pairs = workload.variables.map((variable): [string, string] => [variable.name, valueOf(variable)]);
  return Object.fromEntries(pairs.toSorted(([left], [right]) => (left < right ? -1 : 1)));
}

/** A key of a ConfigMap, which allows no `/`. */
export function fileKey(path: string): string {
  return path
    .replace(/^\//, '')
    .replaceAll('/', '__')
    .replaceAll(/[^-._a-zA-Z0-9]/g, '-');
}

/** The workload's files sorted by path, as the chart's templates iterate them. */
export function filesOf(workload: Workload): Workload['files'] {
  return workload.files.toSorted((left, right) => (left.path < right.path ? -1 : 1));
}

/** Variables in a ConfigMap of the workload's name, files in `<name>-files`; none where there is nothing to hold. */
export function buildConfigMaps(platform: ResolvedPlatform, workload: Workload): KubernetesObject[] {
  const labels = workloadLabels(platform, workload);
  const variables = variablesOf(workload);
  const files = filesOf(workload).map(({ path, content }) => [fileKey(path), content] as const);
  const configMap = (name: string, data: Record<string, string>): KubernetesObject => ({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name, labels },
    data,
  });
  return [
    ...(Object.keys(variables).length === 0 ? [] : [configMap(workload.name, variables)]),
    ...(files.length === 0 ? [] : [configMap(`${workload.name}-files`, Object.fromEntries(files))]),
  ];
}

/** Changes with the configuration, and as an annotation of the pods rolls them: a mounted file alone would not. */
export function configurationChecksum(workload: Workload): string {
  const files = filesOf(workload).map(({ path, content }) => [path, content]);
  return createHash('sha256')
    .update(JSON.stringify([variablesOf(workload), files]))
    .digest('hex');
}
