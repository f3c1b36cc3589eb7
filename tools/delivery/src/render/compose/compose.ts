import { sortArtifacts, type Artifact } from '../artifact.ts';
import type { Render } from '../renderer.ts';
import { composeFile, layerFiles, type Layer } from './compose-file.ts';
import { containerFiles } from './container-files.ts';
import { developmentPorts } from './development-ports.ts';
import { resolveProfiles } from './profiles.ts';

/**
 * The Compose files of one environment and the configuration files that they mount. Secrets are files in `./secrets`,
 * which `plinth secrets` writes; as Compose mounts them unchanged, the accounts in the containers must be able to
 * read them.
 */
export const renderCompose: Render = ({ platform }) => {
  const profiles = resolveProfiles(platform.workloads);
  const layers = (Object.keys(layerFiles) as Layer[]).flatMap((layer): Artifact[] => {
    const workloads = platform.workloads.filter((workload) => workload.layer === layer);
    const additions = layer === 'dev' ? developmentPorts(platform) : {};
    if (layer !== 'base' && workloads.length === 0 && Object.keys(additions).length === 0) return [];
    return [{ path: layerFiles[layer], content: composeFile({ platform, layer, workloads, profiles, additions }) }];
  });
  const files = platform.workloads.flatMap((workload) => containerFiles(workload).map(({ artifact }) => artifact));
  return sortArtifacts([...layers, ...files]);
};
