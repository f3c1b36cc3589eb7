import { request } from 'node:http';

export interface SuiteRequest {
  readonly method?: string;
  readonly host?: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Without an announced length. */
  readonly chunked?: boolean;
}

export interface SuiteAnswer {
  readonly status: number;
  /** Every value of a header, in the order of arrival: one that is there twice shows. */
  readonly values: (name: string) => string[];
  readonly text: string;
  /** Parsed JSON; undefined when it is none. */
  // Tests read what they expect; a wrong shape fails their assertion.
  // oxlint-disable-next-line no-explicit-any
  readonly body: any;
  readonly seconds: number;
}

/** Sends a request as it is: no header is added, and the host need not resolve. */
export async function sendRequest(port: number, wanted: SuiteRequest, defaultHost: string): Promise<SuiteAnswer> {
  const { method = 'GET', host = defaultHost, path, headers = {}, body, chunked = false } = wanted;
  const length = body === undefined || chunked ? {} : { 'content-length': String(Buffer.byteLength(body)) };
  const startedAt = performance.now();
  return new Promise((resolve, reject) => {
    const outgoing = request(
      {
        host: '127.0.0.1',
        port,
        method,
        path,
        agent: false,
        headers: { host, ...length, ...headers },
      },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => {
          const text = Buffer.concat(chunks).toString('utf8');
          const pairs = response.rawHeaders;
          resolve({
            status: response.statusCode ?? 0,
            values: (name) =>
              pairs.filter((_, index) => index % 2 === 1 && pairs[index - 1]?.toLowerCase() === name.toLowerCase()),
            text,
            body: parse(text),
            seconds: (performance.now() - startedAt) / 1000,
          });
        });
      },
    );
    outgoing.on('error', reject);
    if (chunked) outgoing.flushHeaders();
    outgoing.end(body);
  });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
