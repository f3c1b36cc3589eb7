import { renderedBy } from '../yaml.ts';
import type { ImagePlan } from './image-plan.ts';
import { pnpmVersion } from './image-pins.ts';

/**
 * Instructions that the BuildKit of Docker 20.10 knows: cache and secret mounts, no heredoc, no `COPY --link`, and no
 * `# syntax` line, so that a build asks no registry for a front end.
 */
const installMounts = [
  // Images that are built side by side take turns at the caches: what an install makes must not depend on the others.
  '--mount=type=cache,id=plinth-npm,target=/root/.npm,sharing=locked',
  '--mount=type=cache,id=plinth-pnpm,target=/pnpm/store,sharing=locked',
  '--mount=type=secret,id=npmrc,target=/root/.npmrc',
  '--mount=type=secret,id=ca,target=/run/secrets/ca',
];

/** Comment at the top, and the base images as arguments: a mirror or another patch level needs no new Dockerfile. */
export function heading(plan: ImagePlan, bases: Readonly<Record<string, string>>): string {
  const lines = [
    `# ${renderedBy}`,
    `# Build from the root of the repository: docker buildx build --file <this file> --tag ${plan.repository}:<version> .`,
    '# A registry that wants a sign-in or a certificate of its own: --secret id=npmrc,src=… --secret id=ca,src=…',
    ...Object.entries(bases).map(([name, image]) => `ARG ${name}=${image}`),
  ];
  return lines.join('\n');
}

/** One build stage. */
export function stage(from: string, name: string, instructions: readonly string[]): string {
  return [`FROM ${from} AS ${name}`, ...instructions].join('\n');
}

/** The stage that all building starts from: Node.js and the pinned package manager. */
export function baseStage(): string {
  return stage('${NODE_IMAGE}', 'base', [
    'ENV CI=true \\\n    PATH=/opt/pnpm/bin:$PATH',
    'WORKDIR /workspace',
    // A folder of its own: the base image may bring a pnpm that is only a link to a downloader.
    runWithRegistry(`npm install --global --prefix /opt/pnpm pnpm@${pnpmVersion}`),
  ]);
}

/** A command that may fetch packages: the caches stay out of the layers, and so do the registry's credentials. */
export function runWithRegistry(command: string): string {
  return `RUN ${[...installMounts, command].join(' \\\n    ')}`;
}

/** The lock file and every manifest, each in its own place: an install sees the packages that the workspace has. */
export function copyManifests(folders: readonly string[]): string[] {
  return [
    'COPY package.json pnpm-lock.yaml pnpm-workspace.yaml ./',
    ...folders.map((folder) => `COPY ${folder}/package.json ${folder}/package.json`),
  ];
}

/** Installs exactly what the lock file says, for the named folders only. */
export function installPackages(folders: readonly string[], options: readonly string[]): string {
  const filters = folders.map((folder) => `--filter=./${folder}`.replace('./.', '.'));
  return runWithRegistry(
    ['pnpm install --frozen-lockfile --store-dir=/pnpm/store', ...options, ...filters].join(' \\\n      '),
  );
}

/** Fixed times: the same sources give the same layers. */
export const settleTimes = 'find /image -exec touch -h -d "@${SOURCE_DATE_EPOCH}" {} +';

/** What every image ends with: labels, account, port, health and the command. */
export function runtimeInstructions(plan: ImagePlan, command: readonly string[] | undefined): string[] {
  const { health } = plan;
  return [
    ...(plan.port === undefined ? [] : [`EXPOSE ${plan.port}`]),
    ...(health === undefined
      ? []
      : [
          `HEALTHCHECK --interval=${health.intervalSeconds}s --timeout=${health.timeoutSeconds}s ` +
            `--start-period=${health.startSeconds}s --retries=${health.retries} \\\n  CMD ${execForm(health.check)}`,
        ]),
    ...(command === undefined ? [] : [`CMD ${execForm(command)}`]),
    'ARG VERSION=0.0.0',
    'ARG REVISION=unknown',
    [
      `LABEL org.opencontainers.image.title="${plan.name}"`,
      'org.opencontainers.image.version="${VERSION}"',
      'org.opencontainers.image.revision="${REVISION}"',
    ].join(' \\\n      '),
  ];
}

/** A command without a shell. */
export function execForm(command: readonly string[]): string {
  return `[${command.map((word) => JSON.stringify(word)).join(', ')}]`;
}

/** Stages with an empty line between them, and one line end at the end. */
export function joinStages(parts: readonly string[]): string {
  return `${parts.join('\n\n')}\n`;
}
