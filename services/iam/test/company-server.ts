import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey, type JWTPayload } from 'jose';
import type { UpstreamFetch } from '../src/federation/upstream.ts';

/** What a company's server was asked. */
export interface CompanyRequest {
  /** Host and path, as the company's own server would see them. */
  readonly url: URL;
  readonly headers: IncomingMessage['headers'];
  readonly form: URLSearchParams;
}

type Answer = { readonly status?: number; readonly type?: string; readonly body: unknown };

/**
 * Answers in the place of companies' servers, in the shapes that they document. Requests reach it through `fetch`,
 * which leads every host here and leaves everything else of a request as it is.
 */
export class CompanyServer {
  readonly requests: CompanyRequest[] = [];
  readonly fetch: UpstreamFetch;
  readonly #server: Server;
  readonly #answers = new Map<string, (request: CompanyRequest) => Answer | Promise<Answer>>();
  readonly #key: CryptoKey;

  private constructor(server: Server, key: CryptoKey) {
    this.#server = server;
    this.#key = key;
    const { port } = server.address() as AddressInfo;
    this.fetch = (url, init) => {
      const target = new URL(url);
      if (target.protocol !== 'https:') throw new Error(`${url} is not https`);
      return fetch(`http://127.0.0.1:${port}/${target.host}${target.pathname}${target.search}`, init);
    };
    server.on('request', (request, response) => void this.#handle(request, response));
  }

  static async start(): Promise<CompanyServer> {
    const { privateKey, publicKey } = await generateKeyPair('RS256', { extractable: true });
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const company = new CompanyServer(server, privateKey);
    const keys = { keys: [{ ...(await exportJWK(publicKey)), kid: 'k1', alg: 'RS256', use: 'sig' }] };
    for (const url of [
      'www.googleapis.com/oauth2/v3/certs',
      'login.microsoftonline.com/keys',
      'appleid.apple.com/auth/keys',
    ])
      company.answer(url, () => ({ body: keys }));
    return company;
  }

  /** Sets what an address answers. */
  answer(url: string, give: (request: CompanyRequest) => Answer | Promise<Answer>): void {
    this.#answers.set(url, give);
  }

  /** An ID token with these claims, for five minutes. */
  sign(claims: JWTPayload): Promise<string> {
    return new SignJWT(claims)
      .setProtectedHeader({ alg: 'RS256', kid: 'k1' })
      .setIssuedAt()
      .setExpirationTime('5m')
      .sign(this.#key);
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let text = '';
    for await (const chunk of request) text += String(chunk);
    const url = new URL(`https:/${request.url}`);
    const seen = { url, headers: request.headers, form: new URLSearchParams(text) };
    this.requests.push(seen);
    const give = this.#answers.get(url.host + url.pathname);
    const {
      status = 200,
      type = 'application/json',
      body,
    } = give === undefined ? { status: 404, body: {} } : await give(seen);
    response.writeHead(status, { 'content-type': type });
    response.end(typeof body === 'string' ? body : JSON.stringify(body));
  }
}
