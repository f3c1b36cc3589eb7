import { createHash } from 'node:crypto';
import type { Workload } from '../../model/platform-model.ts';
import type { Artifact } from '../artifact.ts';

/** A file of a workload beside the Compose files, and the config that mounts it. */
export interface ContainerFile {
  readonly config: string;
  /** Relative to the Compose file. */
  readonly source: string;
  readonly target: string;
  readonly artifact: Artifact;
}

/**
 * Configuration files lie below `config/<workload>/` in the folders that they have in the container. Compose mounts a
 * config as it finds it and ignores `mode`, so an executable one is written executable.
 */
export function containerFiles({ name, files }: Workload): ContainerFile[] {
  return files
    .map(({ path, content, executable }): ContainerFile => {
      const artifactPath = `config/${name}${path}`;
      return {
        config: `${name}${path.replaceAll(/[^A-Za-z0-9.-]+/g, '_')}`,
        source: `./${artifactPath}`,
        target: path,
        artifact: { path: artifactPath, content, ...(executable === true ? { executable } : {}) },
      };
    })
    .toSorted((left, right) => (left.target < right.target ? -1 : 1));
}

/** Changes with the content, so that `docker compose up` replaces a container whose files have changed. */
export function filesDigest(files: readonly ContainerFile[]): string | undefined {
  if (files.length === 0) return undefined;
  const hash = createHash('sha256');
  for (const { target, artifact } of files) hash.update(JSON.stringify([target, artifact.content]));
  return hash.digest('hex').slice(0, 16);
}
