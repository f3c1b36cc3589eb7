import {
  compareRendered,
  loadContents,
  loadManifest,
  openPlatform,
  renderedRootOf,
  renderTargets,
  withPresentTags,
  type LocatedFault,
  type OpenedPlatform,
  type RenderedDifference,
} from '@plinth/delivery';
import type { CommandInput } from '../../cli/command.ts';
import { exitCodes } from '../../cli/exit-codes.ts';
import { NothingRenderedError } from './check.errors.ts';

export interface CheckOptions {
  readonly rendered: string | undefined;
}

/** Resolves to 1 when the description, or the rendered folder, is not as it should be. */
export async function check({ options, positionals, context }: CommandInput<CheckOptions>): Promise<number> {
  const opened = await openPlatform(positionals[0], process.cwd());
  const { faults, file, environments } = opened;
  const differences =
    options.rendered === undefined || faults.length > 0 ? [] : await compareFolder(opened, options.rendered);
  const isWell = faults.length === 0 && differences.length === 0;
  const json = {
    ok: isWell,
    file,
    faults: faults.map(({ path, location, ...fault }) => ({ ...fault, ...location, path: path.join('.') })),
    ...(options.rendered === undefined ? {} : { rendered: differences }),
  };
  const summary =
    faults.length > 0
      ? `${faults.length} ${faults.length === 1 ? 'fault' : 'faults'}.`
      : `${file} is well: ${environments.length} environments, ${environments.at(-1)?.workloads.length ?? 0} containers in ${environments.at(-1)?.environment ?? ''}.`;
  const lines = [
    ...faults.map(renderFault),
    summary,
    ...renderDifferences(differences, options.rendered, fileOption(positionals[0])),
    ...(isWell && options.rendered === undefined
      ? [`Next: plinth render --all --out deploy${fileOption(positionals[0])}`]
      : []),
  ];
  context.output.print({ text: lines.join('\n'), json });
  return isWell ? 0 : exitCodes.failed;
}

function renderFault({ location, path, message, fix, rule, environments }: LocatedFault): string {
  const where = `${location.file}:${location.line}:${location.column}`;
  const only = environments === undefined ? '' : ` (in ${environments.join(', ')})`;
  return `${where}  ${path.join('.')}${only}\n  ${message}  [${rule}]\n  ${fix}\n`;
}

async function compareFolder(opened: OpenedPlatform, folder: string): Promise<RenderedDifference[]> {
  const manifest = await loadManifest(folder);
  if (manifest === undefined) throw new NothingRenderedError(folder);
  const rendered = renderTargets({ environments: opened.environments, targets: opened.description.targets });
  // Only what was rendered into this folder is compared: it may hold some targets or one environment.
  const roots = new Set(Object.keys(manifest.files).map(renderedRootOf));
  const expected = rendered.filter(({ path }) => roots.has(renderedRootOf(path)));
  const paths = [...expected.map(({ path }) => path), ...Object.keys(manifest.files)];
  const contents = await loadContents(folder, paths);
  return compareRendered(
    expected.map((artifact) => withPresentTags(artifact, contents)),
    manifest,
    contents,
  );
}

/** Commands after this one find the same description. */
function fileOption(file: string | undefined): string {
  return file === undefined ? '' : ` --file ${file}`;
}

function renderDifferences(
  differences: readonly RenderedDifference[],
  folder: string | undefined,
  more: string,
): string[] {
  if (folder === undefined) return [];
  if (differences.length === 0) return [`${folder} is what the description gives.`];
  return [
    ...differences.map(({ path, state }) => `  ${state.padEnd(9)} ${path}`),
    `${differences.length} ${differences.length === 1 ? 'file differs' : 'files differ'}. Render again: plinth render --all --out ${folder}${more}`,
  ];
}
