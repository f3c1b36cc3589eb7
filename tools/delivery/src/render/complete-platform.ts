import type { ConfigurationFile, ResolvedPlatform, Workload } from '../model/platform-model.ts';
import type { Artifact } from './artifact.ts';
import { renderers } from './renderers.ts';

/**
 * Puts what other renderers make for a workload (catalogue, `generatedFiles`) into its files: Prometheus gets its
 * rules, an identity provider its realm, an edge its routes. What its configuration names by host and port, it calls.
 */
export function completePlatform(
  platform: ResolvedPlatform,
  environments: readonly ResolvedPlatform[],
): ResolvedPlatform {
  const rendered = new Map<string, Artifact[]>();
  const artifactsOf = (target: string): Artifact[] => {
    const known = rendered.get(target);
    if (known !== undefined) return known;
    const renderer = renderers.find((candidate) => candidate.target === target);
    const artifacts = renderer?.render({ platform, environments }) ?? [];
    rendered.set(target, artifacts);
    return artifacts;
  };
  const workloads = platform.workloads.map((workload) =>
    workload.generatedFiles.length === 0
      ? workload
      : { ...workload, files: [...workload.files, ...generatedFiles(workload, artifactsOf)] },
  );
  return {
    ...platform,
    workloads: workloads.map((workload) => ({ ...workload, calls: callsOf(workload, workloads) })),
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

function generatedFiles(workload: Workload, artifactsOf: (target: string) => Artifact[]): ConfigurationFile[] {
  return workload.generatedFiles.flatMap(({ path, from }) => {
    const [target = '', ...rest] = from.split('/');
    const wanted = rest.join('/');
    const isFolder = wanted === '' || wanted.endsWith('/');
    return artifactsOf(target)
      .filter((artifact) => (isFolder ? artifact.path.startsWith(wanted) : artifact.path === wanted))
      .map(({ path: source, content }) => ({
        path: isFolder ? `${path.replace(/\/?$/, '/')}${source.slice(wanted.length)}` : path,
        content,
      }));
  });
}
