import { sortArtifacts, type Artifact } from '../artifact.ts';
import type { Render } from '../renderer.ts';
import { renderDrone, renderWoodpecker } from './container-pipelines.ts';
import { loadTestWorkflow } from './load-test-workflow.ts';
import { mainWorkflow } from './main-workflow.ts';
import { renderPipelineScripts } from './pipeline-scripts.ts';
import { promoteWorkflow } from './promote-workflow.ts';
import { pullRequestWorkflow } from './pull-request-workflow.ts';
import { releaseWorkflow } from './release-workflow.ts';
import { renderRepositoryFiles } from './repository-files.ts';
import { renderWorkflow, type Workflow } from './workflow.ts';

/**
 * Pipelines for GitHub Actions, and for Gitea, Drone and Woodpecker as far as these can follow. Paths are those of the
 * repository's root. All servers run the same scripts, which lie beside them.
 */
export const renderCi: Render = ({ environments }) => {
  const first = environments[0]!;
  const optional = [loadTestWorkflow(environments), promoteWorkflow(environments)];
  const github = [
    pullRequestWorkflow(first, 'github'),
    mainWorkflow(first, 'github'),
    releaseWorkflow(environments.at(-1)!),
    ...optional.filter((workflow) => workflow !== undefined),
  ];
  const gitea = [pullRequestWorkflow(first, 'gitea'), mainWorkflow(first, 'gitea')];
  return sortArtifacts([
    ...github.map((workflow) => toArtifact('.github', workflow)),
    ...gitea.map((workflow) => toArtifact('.gitea', workflow)),
    { path: '.drone.yml', content: renderDrone(first) },
    ...renderWoodpecker(first).map(({ name, content }) => ({ path: `.woodpecker/${name}`, content })),
    ...renderPipelineScripts(environments),
    ...renderRepositoryFiles(first),
  ]);
};

function toArtifact(folder: string, workflow: Workflow): Artifact {
  return { path: `${folder}/workflows/${workflow.name}.yml`, content: renderWorkflow(workflow) };
}
