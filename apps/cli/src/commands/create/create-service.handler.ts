import { applyChanges, openWorkTree, planService } from '@plinth/create-service';
import type { CommandInput } from '../../cli/command.ts';
import { renderChanges, toJson } from './render-changes.ts';

export interface CreateServiceOptions {
  readonly feature: string | undefined;
  readonly port: number | undefined;
  readonly 'dry-run': boolean;
}

/** Plans the whole service before the first byte is written, so that a refusal leaves nothing behind. */
export async function createService({
  options,
  positionals,
  context,
}: CommandInput<CreateServiceOptions>): Promise<void> {
  const [name = ''] = positionals;
  const dryRun = options['dry-run'];
  const tree = openWorkTree(process.cwd());
  const changes = planService(tree, name, options);
  context.progress.show('writing');
  if (!dryRun) await applyChanges(tree.root, changes);
  context.progress.clear();
  const next = [
    'npm run generate               # reference, OpenAPI document and typed client',
    `npm test -- services/${name}/   # its tests, on a real database`,
    'npm start                      # it runs: see /services and /api/docs',
    `edit services/${name}/README.md and src/, then commit`,
  ];
  context.output.print({ text: renderChanges(changes, next, dryRun), json: toJson(changes, next, dryRun) });
}
