import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { requirePeers, runPeer, startPeer, type RunningPeer, type StartPeerOptions } from '@plinth/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildGatewayInput } from '../src/render/gateway/gateway.builders.ts';
import { renderGatewayWith } from '../src/render/gateway/gateway.ts';
import { exampleNames, loadExample } from './example-platforms.ts';

let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'plinth-gateway-files-'));
});
afterAll(() => rm(root, { recursive: true, force: true }));

type Input = Parameters<typeof renderGatewayWith>[0];
type Change = (content: string) => string;

/** Writes the files of a platform, one of them perhaps damaged, and gives their folder. */
async function write(input: Input, change: Change = (content) => content): Promise<{ folder: string; ping: string }> {
  const folder = await mkdtemp(join(root, 'files-'));
  const [http, https, traefik, caddy] = await freePorts(4);
  const ports = { http: http ?? 0, https: https ?? 0, admin: traefik ?? 0, caddy: caddy ?? 0 };
  const options = { ports, folder: join(folder, 'traefik'), accessLog: join(folder, 'access.log') };
  for (const { path, content } of renderGatewayWith(input, options)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), change(content));
  }
  return { folder, ping: `http://127.0.0.1:${traefik}/ping` };
}

async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer());
  await Promise.all(servers.map((server) => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))));
  const ports = servers.map((server) => (server.address() as { port: number }).port);
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}

const caddy = requirePeers('caddy');
describe.skipIf(caddy.skip)('Caddy', () => {
  const validate = async (input: Input, change?: Change) => {
    const { folder } = await write(input, change);
    const file = join(folder, 'caddy/Caddyfile');
    return runPeer(caddy.paths.caddy, ['validate', '--adapter', 'caddyfile', '--config', file], { cwd: folder });
  };

  test.each(exampleNames)('takes the file of %s', async (name) => {
    for (const environment of (await loadExample(name)).environments) {
      const run = await validate({ platform: environment, environments: [environment] });
      expect([environment.environment, run.code, run.code === 0 ? '' : run.stderr]).toEqual([
        environment.environment,
        0,
        '',
      ]);
    }
  });

  test('refuses it when a directive is wrong', async () => {
    const run = await validate(buildGatewayInput(), (content) =>
      content.replace('forward_auth ', 'forward_authority '),
    );
    expect(run.code).not.toBe(0);
    expect(run.stderr).toContain('forward_authority');
  });
});

const nginx = requirePeers('nginx');
describe.skipIf(nginx.skip)('nginx', () => {
  const check = async (input: Input, change?: Change) => {
    const { folder } = await write(input, change);
    return runPeer(nginx.paths.nginx, ['-t', '-p', folder, '-c', join(folder, 'nginx/nginx.conf')], { cwd: folder });
  };

  test('takes the file', async () => {
    expect(await check(buildGatewayInput())).toMatchObject({ code: 0 });
  });

  // Certificates are not part of what is rendered: without them nginx reads the file to its end and stops there.
  test.each(exampleNames)('takes the file of %s, but for certificates that are not there', async (name) => {
    for (const environment of (await loadExample(name)).environments) {
      const run = await check({ platform: environment, environments: [environment] }, withoutTls);
      expect([environment.environment, run.code, run.code === 0 ? '' : run.stderr]).toEqual([
        environment.environment,
        0,
        '',
      ]);
    }
  });

  test('refuses it when a directive is wrong', async () => {
    const run = await check(buildGatewayInput(), (content) => content.replace('auth_request ', 'auth_requests '));
    expect(run.code).not.toBe(0);
    expect(run.stderr).toContain('auth_requests');
  });
});

function withoutTls(content: string): string {
  return content.replaceAll(' ssl http2', '').replaceAll(/^ *ssl_certificate.*\n/gm, '');
}

const traefik = requirePeers('traefik');
describe.skipIf(traefik.skip)('Traefik', () => {
  const launch = (folder: string, options: StartPeerOptions = {}): Promise<RunningPeer> =>
    startPeer(traefik.paths.traefik, [`--configFile=${join(folder, 'traefik/traefik.yml')}`], {
      cwd: folder,
      ...options,
    });
  const complaintsOf = (peer: RunningPeer): string[] =>
    peer
      .output()
      .split('\n')
      .filter((line) => /"level":"(error|fatal)"/.test(line));

  /** What it complains about while it starts. */
  const start = async (input: Input, change?: Change): Promise<string[]> => {
    const { folder, ping } = await write(input, change);
    const peer = await launch(folder, { waitFor: { url: ping } });
    await new Promise((resolve) => setTimeout(resolve, 500));
    await peer.kill();
    return complaintsOf(peer);
  };

  test('takes the files', async () => {
    expect(await start(buildGatewayInput())).toEqual([]);
  });

  test.each(exampleNames)('takes the files of %s', async (name) => {
    const complaints = await start(await loadExample(name));
    // There is no certificate authority here.
    expect(complaints.filter((line) => !/acme/i.test(line))).toEqual([]);
  });

  test('says which part of a file it does not know, and does not answer where it should', async () => {
    const { folder, ping } = await write(buildGatewayInput(), (content) =>
      content.replace('entryPoints:', 'entrePoints:'),
    );
    const peer = await launch(folder);
    try {
      // By then its addresses are open, those of the file or others.
      await expect.poll(() => complaintsOf(peer).join('\n'), { timeout: 60_000 }).toContain('entrePoints');
      await expect(fetch(ping)).rejects.toThrow('fetch failed');
    } finally {
      await peer.kill();
    }
  });

  test('says when a middleware is not there', async () => {
    const complaints = await start(buildGatewayInput(), (content) =>
      content.replace(/^ {4}verified:$/m, '    forgotten:'),
    );
    expect(complaints.join('\n')).toContain('verified');
  });
});
