import type {
  ImageBuild,
  ResolvedPlatform,
  Workload,
  WorkloadHealth,
  WorkspacePackage,
} from '../../model/platform-model.ts';
import { coreProgram, coreWorkspace, packageClosure } from './workspace-packages.ts';

/** What goes into one image, and how it starts. */
export interface ImagePlan {
  readonly name: string;
  /** Registry and path without a tag. */
  readonly repository: string;
  readonly type: ImageBuild['type'];
  /** Folder of the package that the image is for. */
  readonly folder: string;
  /** Folders of all workspace packages of the image that runs, sorted. */
  readonly packages: readonly string[];
  /** Those and what building them needs, sorted. */
  readonly buildPackages: readonly string[];
  /** Folders of services of which the image has the manifest only, sorted: those that a gateway stands before. */
  readonly manifests: readonly string[];
  readonly port: number | undefined;
  readonly health: WorkloadHealth | undefined;
  readonly command: readonly string[] | undefined;
  /** Set while the package is built. */
  readonly buildVariables: readonly { readonly name: string; readonly value: string }[];
}

/** Images of all environments, one plan for each name, sorted: an environment may leave a workload out. */
export function planImages(environments: readonly ResolvedPlatform[]): ImagePlan[] {
  const services = new Set(
    environments
      .flatMap(({ workloads }) => workloads)
      .flatMap(({ build }) => (build?.type === 'plinth' && build.folder.startsWith('services/') ? [build.folder] : []))
      .map((folder) => folder.slice('services/'.length)),
  );
  const workspace = [
    ...environments.flatMap((environment) => environment.workspace ?? []),
    ...coreWorkspace([...services].toSorted()),
  ];
  const plans = new Map<string, ImagePlan>();
  for (const workload of environments.flatMap(({ workloads }) => workloads)) {
    if (workload.build === undefined || plans.has(workload.name)) continue;
    plans.set(workload.name, planImage(workload, workload.build, workspace));
  }
  return [...plans.values()].toSorted((left, right) => (left.name < right.name ? -1 : 1));
}

function planImage(workload: Workload, build: ImageBuild, workspace: readonly WorkspacePackage[]): ImagePlan {
  const { name, image, ports, health } = workload;
  const isCore = build.type === 'plinth';
  const root = isCore ? coreProgram : build.folder;
  const isMigration = workload.runsOnce;
  // An image of one service has no other one, the gateway has none and their manifests, and only the migrations know
  // them all. Tools are for commands that no container runs.
  const wanted = (folder: string): boolean => {
    if (!isCore) return true;
    if (folder.startsWith('tools/')) return false;
    return isMigration || !folder.startsWith('services/') || folder === build.folder;
  };
  const services = packageClosure(root, workspace, 'run').filter((folder) => folder.startsWith('services/'));
  const closure = (kind: 'run' | 'build') => packageClosure(root, workspace, kind).filter(wanted);
  return {
    name,
    repository: withoutTag(image),
    type: build.type,
    folder: build.folder,
    packages: closure('run'),
    buildPackages: closure('build'),
    manifests: isCore && build.folder === coreProgram && !isMigration ? services : [],
    port: ports[0]?.port,
    health,
    command: workload.arguments,
    buildVariables: build.variables ?? [],
  };
}

function withoutTag(image: string): string {
  const colon = image.lastIndexOf(':');
  return colon > image.lastIndexOf('/') ? image.slice(0, colon) : image;
}
