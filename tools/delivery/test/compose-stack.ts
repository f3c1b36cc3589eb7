import { appendFile, cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { DockerEngine, PeerRun } from '@plinth/testing';
import { runPeer } from '@plinth/testing';
import { parse } from 'yaml';
import { renderCompose } from '../src/render/compose/compose.ts';
import { renderedFolder } from '../src/render/ci/layout.ts';
import { renderImages } from '../src/render/image/images.ts';
import type { RenderInput } from '../src/render/renderer.ts';
import { writeSecrets } from '../src/secrets/write-secrets.ts';
import { writeArtifactsTo } from './rendered-folder.ts';

const repository = fileURLToPath(new URL('../../..', import.meta.url));
/** What lies in a work tree and not in a checkout. */
const notSources = new Set(['node_modules', 'dist', '.git', '.cache', '.plinth', 'coverage']);

const timeoutMs = 1_200_000;

/** A copy of the repository with everything rendered in it, and the Compose command in its folder. */
export interface ComposeStack {
  /** Root of the copy. */
  readonly source: string;
  compose(...args: string[]): Promise<Outcome>;
  /** Builds images with the rendered bake file, on the host's network. */
  build(...args: string[]): Promise<Outcome>;
}

/** What of a rendered Compose file differs on this machine. */
interface RenderedCompose {
  readonly services: Readonly<
    Record<
      string,
      {
        readonly healthcheck?: { readonly test?: readonly string[] };
        readonly ports?: readonly { readonly target: number }[];
      }
    >
  >;
}

export interface Outcome {
  readonly code: number;
  readonly output: string;
}

/**
 * Renders a platform into a copy of the repository and prepares what a machine without a registry and with an older
 * engine needs; what is rendered stays as it is.
 */
export async function prepareStack(input: RenderInput, engine: DockerEngine, edgePort: number): Promise<ComposeStack> {
  const { platform } = input;
  const source = await mkdtemp(join(tmpdir(), 'plinth-compose-'));
  const isSource = (path: string): boolean => !notSources.has(path.split('/').at(-1) ?? '');
  for (const name of [
    'apps',
    'libs',
    'services',
    'package.json',
    'pnpm-lock.yaml',
    'pnpm-workspace.yaml',
    'tsconfig.base.json',
  ])
    await cp(join(repository, name), join(source, name), { recursive: true, filter: isSource });
  await trustLockFile(source);
  await writeArtifactsTo(join(source, renderedFolder, 'images'), renderImages(input));
  const folder = composeFolder(source, platform.environment);
  await writeArtifactsTo(folder, renderCompose(input));
  const { ask } = await writeSecrets(platform.secrets, join(folder, 'secrets'));
  if (ask.length > 0) throw new Error(`nobody is there to write ${ask.map(({ name }) => name).join(', ')}`);
  return openStack(source, platform.environment, engine, edgePort);
}

/**
 * Has the installations inside a build take the lock file of a copy as it is. The one of this work tree has asked the
 * registry about each of its entries; to ask again for each image costs minutes, in which registries begin to delay.
 */
export async function trustLockFile(source: string): Promise<void> {
  await appendFile(join(source, 'pnpm-workspace.yaml'), '\ntrustLockfile: true\n');
}

/** The stack of a repository in which everything is rendered already, with its secrets. */
export async function openStack(
  source: string,
  environment: string,
  engine: DockerEngine,
  edgePort: number,
): Promise<ComposeStack> {
  const folder = composeFolder(source, environment);
  const rendered = parse(await readFile(join(folder, 'compose.yaml'), 'utf8')) as RenderedCompose;
  await writeFile(join(folder, 'compose.machine.yaml'), machineFile(rendered, edgePort));
  const files = ['compose.yaml', 'compose.machine.yaml'].flatMap((file) => ['--file', file]);
  return {
    source,
    compose: async (...args) => outcome(await engine.run(['compose', ...files, ...args], { cwd: folder, timeoutMs })),
    build: (...args) => buildImages(engine, source, args),
  };
}

function composeFolder(source: string, environment: string): string {
  return join(source, renderedFolder, 'compose', environment);
}

/**
 * Builds the images of a repository in which the images are rendered, with the rendered bake file, which knows their
 * tags: on the host's network and with the registry of this machine.
 */
export async function buildImages(
  engine: DockerEngine,
  source: string,
  args: readonly string[] = [],
): Promise<Outcome> {
  const credentials = await mkdtemp(join(tmpdir(), 'plinth-credentials-'));
  try {
    await writeFile(join(credentials, 'npmrc'), await registrySettings());
    await writeFile(join(credentials, 'ca'), certificates === undefined ? '' : await readFile(certificates, 'utf8'));
    const bake = ['buildx', 'bake', '--file', `${renderedFolder}/images/docker-bake.hcl`, '--progress', 'plain'];
    const secrets = ['npmrc', 'ca'].map((id) => `--set=*.secrets+=id=${id},src=${join(credentials, id)}`);
    const network = ['--allow', 'network.host', '--set', '*.network=host'];
    const env = { BUILDX_BAKE_ENTITLEMENTS_FS: '0' };
    return outcome(await engine.run([...bake, ...network, ...secrets, ...args], { cwd: source, timeoutMs, env }));
  } finally {
    await rm(credentials, { recursive: true, force: true });
  }
}

function outcome({ code, stdout, stderr }: PeerRun): Outcome {
  return { code, output: `${stdout}${stderr}` };
}

/** The registry of this machine with its sign-in and certificate, as build secrets: in no layer and no context. */
async function registrySettings(): Promise<string> {
  const own = await readFile(join(homedir(), '.npmrc'), 'utf8').catch(() => '');
  const { stdout } = await runPeer('npm', ['config', 'get', 'registry'], { env: { PATH: process.env['PATH'] ?? '' } });
  const kept = own.split('\n').filter((line) => /^(\/\/|@|registry=)/.test(line));
  return [
    `registry=${stdout.trim()}`,
    ...kept,
    ...(certificates === undefined ? [] : ['cafile=/run/secrets/ca']),
    '',
  ].join('\n');
}

const certificates = process.env['NODE_EXTRA_CA_CERTS'];

/** Overrides of this machine: a free port, and checks that an engine before 25 can run. */
function machineFile(rendered: RenderedCompose, edgePort: number): string {
  const services = Object.entries(rendered.services).map(([name, { healthcheck, ports = [] }]) => {
    const override = [
      ...(healthcheck?.test === undefined ? [] : ['healthcheck: { start_interval: !reset null, interval: 2s }']),
      ...(ports.length === 0 ? [] : [`ports: !override ["127.0.0.1:${edgePort}:${ports[0]!.target}"]`]),
    ];
    return `  ${name}:${override.length === 0 ? ' {}' : override.map((line) => `\n    ${line}`).join('')}`;
  });
  return `services:\n${services.join('\n')}\n`;
}
