import type { Artifact } from '../src/render/artifact.ts';
import { writeArtifacts } from '../src/render/write-artifacts.ts';

/** Writes files below a folder as `plinth render` does; what is there besides stays. */
export async function writeArtifactsTo(folder: string, artifacts: readonly Artifact[]): Promise<void> {
  await writeArtifacts(artifacts, { folder, platform: 'test', owned: [] });
}
