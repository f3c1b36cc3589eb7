import { existsSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { checkDescription } from './description/check-description.ts';
import { DescriptionMissingError } from './description/description.errors.ts';
import { loadDescription } from './description/load-description.ts';
import { loadWorkspace } from './description/load-workspace.ts';
import type { SourceLocation } from './description/source-location.ts';
import type { Fault } from './description/checks/check.ts';
import type { ResolvedPlatform } from './model/platform-model.ts';
import type { PlatformDescription } from './description/platform-description.ts';

/** A fault with the place of the value. */
export interface LocatedFault extends Fault {
  readonly location: SourceLocation;
}

export interface OpenedPlatform {
  /** Path of the description, relative to the working folder. */
  readonly file: string;
  readonly description: PlatformDescription;
  readonly environments: readonly ResolvedPlatform[];
  readonly faults: readonly LocatedFault[];
}

const usualFiles = ['platform.ts', 'platform/platform.ts'];

/**
 * Loads, resolves and checks a description: the named file, or the one that is found below the working folder. Faults
 * are part of the result; only a file that cannot be loaded throws.
 */
export async function openPlatform(file: string | undefined, workingFolder: string): Promise<OpenedPlatform> {
  const found = file ?? usualFiles.find((candidate) => existsSync(resolve(workingFolder, candidate)));
  if (found === undefined) throw new DescriptionMissingError(usualFiles);
  const path = resolve(workingFolder, found);
  const description = await loadDescription(path);
  const checked = checkDescription(description);
  const workspace = loadWorkspace(findWorkspace(dirname(path)));
  const environments = checked.environments.map((platform) => ({ ...platform, workspace }));
  const { faults } = checked;
  return {
    file: relative(workingFolder, path),
    description,
    environments,
    faults: faults.length === 0 ? [] : await locateFaults(path, faults, workingFolder),
  };
}

/** The parser is loaded only when there is something to find. */
async function locateFaults(path: string, faults: readonly Fault[], workingFolder: string): Promise<LocatedFault[]> {
  const [{ SourceLocator }, { sourceReader }] = await Promise.all([
    import('./description/source-location.ts'),
    import('./runtime/source-reader.ts'),
  ]);
  const locator = new SourceLocator(sourceReader);
  return faults
    .map((fault) => {
      const location = locator.locate(path, fault.path);
      return { ...fault, location: { ...location, file: relative(workingFolder, location.file) } };
    })
    .toSorted(byPlace);
}

/** The folder of the pnpm workspace around a folder, or the folder itself. */
function findWorkspace(folder: string): string {
  for (let candidate = folder; ; candidate = dirname(candidate)) {
    if (existsSync(join(candidate, 'pnpm-workspace.yaml'))) return candidate;
    if (candidate === dirname(candidate)) return folder;
  }
}

function byPlace({ location: left }: LocatedFault, { location: right }: LocatedFault): number {
  if (left.file !== right.file) return left.file < right.file ? -1 : 1;
  return left.line - right.line || left.column - right.column;
}
