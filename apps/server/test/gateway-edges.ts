import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { renderGatewayWith } from '@plinth/delivery/gateway';
import { startPeer } from '@plinth/testing';
import { findFreePort } from '../src/composition/free-port.ts';
import { toPlatform } from './gateway-platform.ts';
import { sendRequest } from './gateway-request.ts';
import { toolHost, type World } from './gateway-world.ts';

export type EdgeName = 'caddy' | 'nginx' | 'traefik';

/** A real gateway that runs with the files which we rendered for it. */
export interface RunningEdge {
  readonly port: number;
  readonly output: () => string;
  stop(): Promise<void>;
}

/** Renders every gateway's files for the world into a folder; `ports` are free ones. */
export async function renderEdges(world: World): Promise<{ readonly folder: string; readonly port: number }> {
  const folder = await mkdtemp(join(tmpdir(), 'plinth-edge-'));
  const [port, adminPort, caddyPort] = await Promise.all([0, 0, 0].map(() => findFreePort('127.0.0.1')));
  const artifacts = renderGatewayWith(toPlatform(world), {
    upstreams: Object.fromEntries(Object.entries(world.upstreams).map(([name, at]) => [name, `127.0.0.1:${at}`])),
    ports: { http: port ?? 0, admin: adminPort ?? 0, caddy: caddyPort ?? 0 },
    folder: join(folder, 'traefik'),
    // The output of a process of ours is a socket, which nginx cannot open by name.
    accessLog: join(folder, 'access.log'),
  });
  for (const { path, content } of artifacts) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content);
  }
  return { folder, port: port ?? 0 };
}

/** The command line of each gateway, for its files below `folder`. */
export const edgeArguments: Readonly<Record<EdgeName, (folder: string) => readonly string[]>> = {
  caddy: (folder) => ['run', '--adapter', 'caddyfile', '--config', join(folder, 'caddy/Caddyfile')],
  nginx: (folder) => ['-g', 'daemon off;', '-p', folder, '-c', join(folder, 'nginx/nginx.conf')],
  traefik: (folder) => [`--configFile=${join(folder, 'traefik/traefik.yml')}`],
};

/** Starts a gateway in front of the world. */
export async function startEdge(name: EdgeName, executable: string, world: World): Promise<RunningEdge> {
  const { folder, port } = await renderEdges(world);
  const peer = await startPeer(executable, edgeArguments[name](folder), {
    cwd: folder,
    // Its port answers before its routes are loaded, so a tool's host is asked: every gateway refuses that for now.
    waitFor: () =>
      sendRequest(port, { path: '/' }, toolHost).then(
        ({ status }) => status === 401,
        () => false,
      ),
  });
  return {
    port,
    output: () => peer.output(),
    async stop() {
      // Traefik would keep its ports open for seconds.
      await (name === 'traefik' ? peer.kill() : peer.stop());
      await rm(folder, { recursive: true, force: true, maxRetries: 20 });
    },
  };
}
