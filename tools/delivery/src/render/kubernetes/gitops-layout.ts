import type { ResolvedPlatform } from '../../model/platform-model.ts';

/** Which of the two renderings the GitOps tools apply: the one that the description names first. */
export function gitOpsSource({ targets }: ResolvedPlatform): 'kustomize' | 'helm' {
  return targets.find((target) => target === 'kustomize' || target === 'helm') === 'helm' ? 'helm' : 'kustomize';
}

/** Whether anybody applies what a pipeline writes to the GitOps repository: Compose hosts are deployed to by a person. */
export function hasGitOps({ targets }: ResolvedPlatform): boolean {
  return targets.includes('helm') || targets.includes('kustomize');
}

/** A path in the GitOps repository, which holds `<target>/…` below `gitOps.path`. */
export function gitOpsPath({ gitOps }: ResolvedPlatform, path: string): string {
  return gitOps.path === undefined || gitOps.path === '' ? path : `${gitOps.path.replace(/\/$/, '')}/${path}`;
}

/**
 * The one file of the GitOps repository that holds the image tags of the environment: a list of pairs `name:` and
 * `newTag:`, in both renderings. Whoever delivers an image changes this file and no other.
 */
export function imageTagsPath(platform: ResolvedPlatform): string {
  const { environment } = platform;
  return gitOpsPath(
    platform,
    gitOpsSource(platform) === 'kustomize'
      ? `kustomize/overlays/${environment}/images/kustomization.yaml`
      : `helm/images/${environment}.yaml`,
  );
}

/**
 * Where charts and manifests of others are in the GitOps repository of a cluster that reaches nothing else: the bundle
 * unpacks each at its version into a folder of its own.
 */
export function vendoredPath(name: string): string {
  return `third-party/${name}`;
}
