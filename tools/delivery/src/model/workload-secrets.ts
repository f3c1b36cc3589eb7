import type { Workload, WorkloadVariable } from './platform-model.ts';

/** Where a container finds its secrets, one file each. */
export const secretsFolder = '/run/secrets';

/** Names of all secrets that a workload gets, sorted. */
export function secretNames({ variables, secretFiles }: Pick<Workload, 'variables' | 'secretFiles'>): string[] {
  const named = variables.flatMap(({ secretFile }) => (secretFile === undefined ? [] : [secretFile]));
  return [...new Set([...named, ...secretFiles])].toSorted();
}

/** What a variable holds in the container: its value, or the path of its secret's file. */
export function valueOf({ value, secretFile }: WorkloadVariable): string {
  return secretFile === undefined ? (value ?? '') : `${secretsFolder}/${secretFile}`;
}
