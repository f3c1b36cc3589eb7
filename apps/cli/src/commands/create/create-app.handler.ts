import { applyChanges, openWorkTree, planApplication } from '@plinth/create-service';
import type { CommandInput } from '../../cli/command.ts';
import { renderChanges, toJson } from './render-changes.ts';

export interface CreateAppOptions {
  readonly port: number | undefined;
  readonly 'dry-run': boolean;
}

/** Plans the whole application before the first byte is written. */
export async function createApp({ options, positionals, context }: CommandInput<CreateAppOptions>): Promise<void> {
  const [type = '', name = ''] = positionals;
  const dryRun = options['dry-run'];
  const tree = openWorkTree(process.cwd());
  const { changes, needsInstall } = planApplication(tree, type, name, options);
  context.progress.show('writing');
  if (!dryRun) await applyChanges(tree.root, changes);
  context.progress.clear();
  const next = [
    ...(needsInstall ? ['npx pnpm@12.21.0 install   # fetches its packages and completes pnpm-lock.yaml'] : []),
    `npm run build              # the workspace; the application itself: cd apps/${name} && npm run build`,
    `npm test -- apps/${name}/`,
    'npm run plinth -- check    # the description with the new application',
  ];
  context.output.print({ text: renderChanges(changes, next, dryRun), json: toJson(changes, next, dryRun) });
}
