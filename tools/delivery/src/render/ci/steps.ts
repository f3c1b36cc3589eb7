import type { ResolvedPlatform } from '../../model/platform-model.ts';
import { pinAction } from './action-pins.ts';
import { registryHost } from './built-images.ts';
import { renderedFolder, scriptFolder } from './layout.ts';
import type { Step } from './workflow.ts';

/** GitHub knows more than Gitea: sign-in by OpenID Connect, a build cache, alerts. */
export type Flavour = 'github' | 'gitea';

const nodeVersion = '24';

/** The work tree without the token that fetched it. `history`: all commits, for what compares or counts them. */
export function checkout(history = false): Step {
  return {
    name: 'Check out',
    uses: pinAction('actions/checkout'),
    with: { 'persist-credentials': false, ...(history ? { 'fetch-depth': 0 } : {}) },
  };
}

/** Node.js and the packages that earlier runs fetched; the repository's own commands install what is missing. */
export function setUpNode(): Step[] {
  return [
    {
      name: 'Set up Node.js',
      uses: pinAction('actions/setup-node'),
      with: { 'node-version': nodeVersion, 'package-manager-cache': false },
    },
    {
      name: 'Restore packages',
      uses: pinAction('actions/cache'),
      with: {
        path: '~/.local/share/pnpm/store',
        key: "packages-${{ runner.os }}-${{ hashFiles('pnpm-lock.yaml') }}",
        'restore-keys': 'packages-${{ runner.os }}-',
      },
    },
  ];
}

/** Finds out what a change touches; see `affected-images.mjs`. */
export function findAffected(base: Readonly<Record<'BASE', string>>): Step {
  return {
    name: 'Find what the change touches',
    id: 'affected',
    env: base,
    run: `node ${scriptFolder}/affected-images.mjs "$BASE" >>"$GITHUB_OUTPUT"`,
  };
}

/** Renders everything from the description. */
export function renderPlatform(): Step {
  return { name: 'Render the platform', run: `npm run --silent plinth -- render --all --out ${renderedFolder}` };
}

/** Signs in to the registry, with the run's own token where the registry is GitHub's. */
export function signInToRegistry(platform: ResolvedPlatform): Step {
  const host = registryHost(platform);
  const own = host === 'ghcr.io';
  return {
    name: 'Sign in to the registry',
    uses: pinAction('docker/login-action'),
    with: {
      registry: host,
      username: own ? '${{ github.actor }}' : '${{ secrets.REGISTRY_USERNAME }}',
      password: own ? '${{ secrets.GITHUB_TOKEN }}' : '${{ secrets.REGISTRY_PASSWORD }}',
    },
  };
}

export function setUpBuildx(): Step {
  return { name: 'Set up Buildx', uses: pinAction('docker/setup-buildx-action') };
}

/** Tags never move: the commit, and the branch together with the commit. */
const tags = ['${{ matrix.repository }}:${{ github.sha }}', '${{ matrix.repository }}:main-${{ github.sha }}'];

/** Builds one image of the matrix; pushed ones get provenance and a bill of materials. */
export function buildImage(flavour: Flavour, push: boolean): Step {
  const cache =
    flavour === 'github'
      ? 'type=gha,scope=${{ matrix.name }}'
      : 'type=registry,ref=${{ matrix.repository }}:build-cache';
  return {
    name: push ? 'Build and push' : 'Build',
    id: 'build',
    uses: pinAction('docker/build-push-action'),
    with: {
      context: '.',
      file: '${{ matrix.dockerfile }}',
      push,
      'cache-from': cache,
      ...(push ? { tags: tags.join('\n'), 'cache-to': `${cache},mode=max`, provenance: 'mode=max', sbom: true } : {}),
      ...(push ? { labels: 'org.opencontainers.image.revision=${{ github.sha }}' } : {}),
    },
  };
}

/** Signs the digest that was pushed: without a key where the server vouches for the run, else with one. */
export function signImage(flavour: Flavour): Step[] {
  const image = { IMAGE: '${{ matrix.repository }}@${{ steps.build.outputs.digest }}' };
  return [
    { name: 'Install cosign', uses: pinAction('sigstore/cosign-installer') },
    flavour === 'github'
      ? { name: 'Sign the image', env: image, run: 'cosign sign --yes "$IMAGE"' }
      : {
          name: 'Sign the image',
          env: {
            ...image,
            COSIGN_PRIVATE_KEY: '${{ secrets.COSIGN_PRIVATE_KEY }}',
            COSIGN_PASSWORD: '${{ secrets.COSIGN_PASSWORD }}',
          },
          run: 'cosign sign --yes --key env://COSIGN_PRIVATE_KEY "$IMAGE"',
        },
  ];
}

/** What `gitops.sh` needs to reach the GitOps repository. */
export function gitOpsVariables({ gitOps }: ResolvedPlatform): Readonly<Record<string, string>> {
  return {
    GITOPS_REPOSITORY: gitOps.repository,
    GITOPS_BRANCH: gitOps.branch,
    GITOPS_TOKEN: '${{ secrets.GITOPS_TOKEN }}',
  };
}
