import { sortArtifacts } from '../artifact.ts';
import type { Render } from '../renderer.ts';
import { renderEnvironmentExample } from './env-example.ts';
import { renderPortTable } from './port-table.ts';
import { renderVariableTables } from './variable-tables.ts';

/** What a platform reads from its environment and where it listens: `.env.example`, `variables.md` and `ports.md`. */
export const renderEnvironment: Render = ({ platform, environments }) =>
  sortArtifacts([
    { path: '.env.example', content: renderEnvironmentExample(platform) },
    { path: 'ports.md', content: renderPortTable(platform) },
    { path: 'variables.md', content: renderVariableTables(platform, environments) },
  ]);
