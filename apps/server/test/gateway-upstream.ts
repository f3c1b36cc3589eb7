import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';

/** What a service behind a gateway got. */
export interface SeenRequest {
  readonly service: string;
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly bodyBytes: number;
}

export interface Upstream {
  readonly port: number;
  stop(): Promise<void>;
}

/** A service of the tests' own that answers with what it got; `slow` never answers. */
export async function startUpstream(service: string, behaviour: 'echo' | 'slow' = 'echo'): Promise<Upstream> {
  const server = createServer((request, response) => {
    if (behaviour === 'slow') return;
    let bodyBytes = 0;
    request.on('data', (chunk: Buffer) => (bodyBytes += chunk.length));
    request.on('end', () => {
      const { method = '', url = '', headers } = request;
      const seen: SeenRequest = { service, method, url, headers, bodyBytes };
      response.writeHead(200, {
        'content-type': 'application/json',
        // As some frameworks do; what the gateway says must stand.
        'x-frame-options': 'ALLOWALL',
        'x-powered-by': 'a framework',
      });
      response.end(JSON.stringify(seen));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { port: portOf(server), stop: () => stop(server) };
}

function portOf(server: Server): number {
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

async function stop(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
}
