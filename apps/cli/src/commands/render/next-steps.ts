import type { Target } from '@plinth/delivery';

export interface RenderedTargets {
  readonly targets: readonly Target[];
  readonly environment: string;
  /** Cluster that the environment is on. */
  readonly cluster: string;
  readonly out: string;
  /** As the command line named it. */
  readonly file: string | undefined;
}

/** What to do with the files: the commands of each target, and the guide that explains them. */
export function nextSteps(rendered: RenderedTargets): string[] {
  const steps = rendered.targets.map((target) => ({ lines: commands[target](rendered), guide: guides[target] }));
  const width = Math.max(0, ...rendered.targets.map((target) => target.length));
  return steps.flatMap(({ lines, guide }, index) => {
    const target = rendered.targets[index] ?? '';
    const [first = '', ...rest] = lines;
    const indent = ' '.repeat(width + 2);
    return [
      `${target.padEnd(width)}  ${first}`,
      ...rest.map((line) => `${indent}${line}`),
      `${indent}docs/guides/${guide}.md`,
    ];
  });
}

const guides: Readonly<Record<Target, string>> = {
  images: 'images',
  compose: 'compose',
  helm: 'kubernetes',
  kustomize: 'kubernetes',
  argocd: 'kubernetes',
  flux: 'kubernetes',
  gateway: 'gateways',
  realm: 'identity-provider',
  observability: 'observability',
  ci: 'pipelines',
  env: 'describe-a-platform',
};

const commands: Readonly<Record<Target, (rendered: RenderedTargets) => readonly string[]>> = {
  images: ({ out }) => [
    // The file's own default is the folder that pipelines render into.
    `${out === 'deploy' ? '' : `IMAGES=${out}/images `}docker buildx bake --file ${out}/images/docker-bake.hcl`,
  ],
  compose: ({ environment, out, file }) => [
    `plinth secrets --env ${environment} --out ${out}/compose/${environment}/secrets${fileOption(file)}`,
    `docker compose --project-directory ${out}/compose/${environment} up --wait`,
  ],
  helm: ({ environment, out }) => [
    `kubectl apply --filename ${out}/helm/namespaces/${environment}.yaml`,
    `then the secrets of ${out}/helm/secrets/${environment}.md, then helm install of ${out}/helm/charts`,
  ],
  kustomize: ({ environment, out }) => [
    `the secrets of ${out}/kustomize/overlays/${environment}/SECRETS.md, then`,
    `kubectl apply --server-side --kustomize ${out}/kustomize/overlays/${environment}`,
  ],
  argocd: ({ cluster, out }) => [
    'push the rendered folders to the GitOps repository, then',
    `kubectl apply --server-side ${['add-ons/argocd-cm', 'add-ons/project', 'root']
      .map((name) => `--filename ${out}/argocd/clusters/${cluster}/${name}.yaml`)
      .join(' ')}`,
  ],
  flux: ({ cluster, out }) => [
    'push the rendered folders to the GitOps repository, then',
    `kubectl apply --server-side --filename ${out}/flux/clusters/${cluster}.yaml`,
  ],
  gateway: () => ['routes of the edge; Compose and the cluster targets use them already'],
  realm: () => ['the realm file; Keycloak of Compose and of the cluster imports it already'],
  observability: ({ environment, out }) => [
    `promtool test rules ${out}/observability/${environment}/prometheus/tests/*.yml`,
  ],
  ci: ({ out }) => [`cp -R ${out}/ci/. . in the root of the repository`],
  env: ({ environment, out }) => [`read ${out}/env/${environment}/variables.md and ports.md`],
};

function fileOption(file: string | undefined): string {
  return file === undefined ? '' : ` --file ${file}`;
}
