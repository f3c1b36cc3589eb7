import type { FileChange } from '@plinth/create-service';

/** The files of a plan and what comes next, for people. */
export function renderChanges(changes: readonly FileChange[], next: readonly string[], dryRun: boolean): string {
  const mark = { created: '+', changed: '~' } as const;
  const lines = changes.map(({ kind, path }) => `${mark[kind]} ${path}`);
  const count = (wanted: FileChange['kind']) => changes.filter(({ kind }) => kind === wanted).length;
  const verb = dryRun ? 'would be' : 'were';
  const conclusion = `${count('created')} files ${verb} written, ${count('changed')} changed.`;
  if (dryRun) return [...lines, '', conclusion].join('\n');
  return [...lines, '', conclusion, '', 'Next:', ...next.map((step) => `  ${step}`)].join('\n');
}

/** The same for programs. */
export function toJson(changes: readonly FileChange[], next: readonly string[], dryRun: boolean): unknown {
  return { dryRun, files: changes.map(({ path, kind }) => ({ path, kind })), next };
}
