import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  eventually,
  findFreePort,
  loadBaseImages,
  RepositoryCopy,
  requirePeers,
  startDockerEngine,
  type DockerEngine,
} from '@plinth/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openStack, trustLockFile, type ComposeStack, type Outcome } from './compose-stack.ts';
import { EdgeCaller } from './edge-caller.ts';

const peers = requirePeers('docker', 'docker-compose', 'docker-buildx', 'base-images');
const minutes = 60_000;

describe.skipIf(peers.skip)('a new service', () => {
  let engine: DockerEngine | undefined;
  let copy: RepositoryCopy | undefined;
  let stack: ComposeStack | undefined;
  let edgePort: number;

  beforeAll(async () => {
    engine = await startDockerEngine();
    if (engine === undefined) return;
    await loadBaseImages(engine, 'node', 'postgres', 'pgbouncer', 'traefik');
    edgePort = await findFreePort();
    copy = await RepositoryCopy.create(process.env);
  }, 10 * minutes);

  afterAll(async () => {
    await stack?.compose('down', '--volumes', '--timeout', '10');
    await copy?.remove();
    await engine?.stop();
  }, 5 * minutes);

  const plinth = (...words: string[]) => copy!.node('apps/cli/dist/src/main.js', ...words);

  it(
    'runs in a container after commands alone: nobody writes a line',
    async ({ skip }) => {
      if (engine === undefined || copy === undefined) return skip('no Docker engine');
      const created = copy;
      const times = new Map<string, number>();
      const step = async <Result>(name: string, work: () => Promise<Result>): Promise<Result> => {
        const started = Date.now();
        const result = await work();
        times.set(name, (Date.now() - started) / 1000);
        return result;
      };
      await step('create', () => created.plinth('create', 'service', 'loyalty'));
      await step('install', () => created.install());
      await step('compile', () => created.node('node_modules/typescript/bin/tsc', '-b', 'apps/cli', 'platform'));
      await step('render', () => plinth('render', '--all', '--env', 'development', '--out', 'deploy'));
      await step('secrets', () => plinth('secrets', '--env', 'development'));
      await trustLockFile(created.folder);
      const opened = (stack = await openStack(created.folder, 'development', engine, edgePort));
      // The gateway waits for every service that it stands before, so all are needed.
      await step('images', () => succeed(opened.build()));
      await step('start', () =>
        succeed(opened.compose('up', '--detach', '--wait', '--wait-timeout', '180', '--no-build'), async () => {
          return (await opened.compose('logs', '--tail', '30')).output;
        }),
      );
      console.log(`a new service: ${[...times].map(([name, seconds]) => `${name} ${seconds} s`).join(', ')}`);
      expect(await readFile(join(created.folder, 'deploy/compose/development/compose.yaml'), 'utf8')).toContain(
        'loyalty=http://loyalty:3000',
      );
    },
    20 * minutes,
  );

  it('answers through the edge: 401 to strangers, and to members of an organization what they keep', async ({
    skip,
  }) => {
    if (stack === undefined) return skip('no Docker engine');
    const stranger = await new EdgeCaller(edgePort, 'api.localhost').send('GET', '/loyalties');
    expect(stranger).toMatchObject({ status: 401, type: expect.stringContaining('application/problem+json') });
    expect(stranger.body).toMatchObject({
      status: 401,
      title: expect.any(String),
      type: expect.any(String),
    });

    const owner = await new EdgeCaller(edgePort, 'api.localhost').signUp('ada@example.com');
    await owner.expect('POST', '/organizations', { name: 'Acme' });
    // The role of the owner comes by an event.
    const created = await eventually(async () => {
      const answer = await owner.send('POST', '/loyalties', { name: 'Gold' });
      return answer.status === 201 ? (answer.body as { id: string }) : undefined;
    }, 15_000);
    const kept = await owner.send('GET', `/loyalties/${created.id}`);
    expect(kept).toMatchObject({ status: 200, body: { id: created.id, name: 'Gold' } });
  });

  it('is listed as up, and the gateway that lists it has none of its code', async ({ skip }) => {
    if (stack === undefined) return skip('no Docker engine');
    const { status, body } = await new EdgeCaller(edgePort, 'api.localhost').request('GET', '/services');
    expect(status).toBe(200);
    expect(body.data).toContainEqual(expect.objectContaining({ name: 'loyalty', health: 'up' }));
    const files = await stack.compose('exec', '--no-TTY', 'gateway', 'find', '/app/services/loyalty', '-type', 'f');
    expect(files.output.trim().split('\n').toSorted()).toEqual([
      '/app/services/loyalty/dist/service.manifest.js',
      '/app/services/loyalty/package.json',
    ]);
  });
});

async function succeed(run: Promise<Outcome>, explain = () => Promise.resolve('')): Promise<void> {
  const { code, output } = await run;
  if (code !== 0) throw new Error(`${output}\n${await explain()}`);
}
