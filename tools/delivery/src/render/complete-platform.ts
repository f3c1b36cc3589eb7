import type { ConfigurationFile, ResolvedPlatform, Workload } from '../model/platform-model.ts';
import type { Artifact } from './artifact.ts';
import { renderers } from './renderers.ts';

/** A platform with its generated files, and what was rendered for them. */
export interface CompletedPlatform {
  readonly platform: ResolvedPlatform;
  /** Whole targets by name: what containers are given is what these targets render. */
  readonly rendered: ReadonlyMap<string, readonly Artifact[]>;
}

/**
 * Puts what other renderers make for a workload (catalogue, `generatedFiles`) into its files: Prometheus gets its
 * rules, an identity provider its realm, an edge its routes. What its configuration names by host and port, it calls.
 * Those renderers read neither files nor calls of workloads, so that their targets need not be rendered again.
 */
export function completePlatform(
  platform: ResolvedPlatform,
  environments: readonly ResolvedPlatform[],
): CompletedPlatform {
  const targets = new Set(platform.workloads.flatMap(({ generatedFiles: files }) => files.map(targetOf)));
  const rendered = new Map(
    renderers
      .filter(({ target }) => targets.has(target))
      .map(({ target, render }) => [target as string, render({ platform, environments })]),
  );
  const workloads = platform.workloads.map((workload) =>
    workload.generatedFiles.length === 0
      ? workload
      : { ...workload, files: [...workload.files, ...generatedFiles(workload, rendered)] },
  );
  return {
    platform: {
      ...platform,
      workloads: workloads.map((workload) => ({ ...workload, calls: callsOf(workload, workloads) })),
    },
    rendered,
  };
}

/** Its known calls, and every workload that is named as `host:port` in what it is told, at a port which that one has. */
function callsOf(workload: Workload, workloads: readonly Workload[]): string[] {
  const { name, variables, files, command = [], arguments: given = [] } = workload;
  const texts = [
    ...variables.map(({ value = '' }) => value),
    ...files.map(({ content }) => content),
    ...command,
    ...given,
  ];
  const named = new Set(texts.flatMap((text) => [...text.matchAll(hostAndPort)].map(([address]) => address)));
  const called = workloads.filter((other) => other.ports.some(({ port }) => named.has(`${other.name}:${port}`)));
  return [...new Set([...workload.calls, ...called.map((other) => other.name)])]
    .filter((other) => other !== name)
    .toSorted();
}

const hostAndPort = /(?<![\w.-])[a-z][a-z0-9-]*:\d{2,5}(?!\d)/g;

/** Generated files name the target that makes them before the path in it. */
function targetOf({ from }: { readonly from: string }): string {
  return from.split('/', 1)[0] ?? '';
}

function generatedFiles(workload: Workload, rendered: ReadonlyMap<string, readonly Artifact[]>): ConfigurationFile[] {
  return workload.generatedFiles.flatMap((file) => {
    const { path, from } = file;
    const target = targetOf(file);
    const wanted = from.slice(target.length + 1);
    const isFolder = wanted === '' || wanted.endsWith('/');
    return (rendered.get(target) ?? [])
      .filter((artifact) => (isFolder ? artifact.path.startsWith(wanted) : artifact.path === wanted))
      .map(({ path: source, content }) => ({
        path: isFolder ? `${path.replace(/\/?$/, '/')}${source.slice(wanted.length)}` : path,
        content,
      }));
  });
}
