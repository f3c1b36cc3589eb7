import type { Artifact } from '../artifact.ts';
import type { KubernetesObject } from '../kubernetes/kubernetes-object.ts';
import { renderYamlDocuments } from '../yaml.ts';

/** Resources of a gateway's controller that are written into one file. */
export interface ResourceFile {
  readonly path: string;
  readonly resources: readonly KubernetesObject[];
}

/** The files as they are handed to `kubectl apply`. */
export function renderResourceFiles(files: readonly ResourceFile[]): Artifact[] {
  return files.map(({ path, resources }) => ({ path, content: renderYamlDocuments(resources) }));
}
