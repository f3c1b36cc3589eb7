import { readdir, readFile, writeFile } from 'node:fs/promises';
import { request } from 'node:https';
import { generateKeyPairSync } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { findFreePort, startPeer, type RunningPeer } from '@plinth/testing';
import { parseAllDocuments } from 'yaml';
import type { KubernetesObject } from '../src/render/kubernetes/kubernetes-object.ts';

export interface ApiAnswer {
  readonly status: number;
  readonly body: { readonly message?: string; readonly [field: string]: unknown };
  /** What the server warns about: fields of no effect, and pods that a namespace's level would refuse. */
  readonly warnings: readonly string[];
}

interface ApiResource {
  readonly name: string;
  readonly namespaced: boolean;
}

const token = 'conformance';

/** A real API server with its etcd: everything of Kubernetes that judges an object, and nothing that runs it. */
export class KubernetesApiServer {
  readonly #peers: readonly RunningPeer[];
  readonly #port: number;
  readonly #resources = new Map<string, ApiResource>();

  private constructor(peers: readonly RunningPeer[], port: number) {
    this.#peers = peers;
    this.#port = port;
  }

  /** Starts both in a folder of the test's own. */
  static async start(paths: Record<'etcd' | 'kube-apiserver', string>, folder: string): Promise<KubernetesApiServer> {
    const [client, peer, secure] = await Promise.all([findFreePort(), findFreePort(), findFreePort()]);
    const etcd = await startPeer(
      paths.etcd,
      [
        `--data-dir=${join(folder, 'etcd')}`,
        `--listen-client-urls=http://127.0.0.1:${client}`,
        `--advertise-client-urls=http://127.0.0.1:${client}`,
        `--listen-peer-urls=http://127.0.0.1:${peer}`,
        '--unsafe-no-fsync',
      ],
      { waitFor: { port: client } },
    );
    const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    await writeFile(join(folder, 'accounts.key'), privateKey.export({ type: 'pkcs1', format: 'pem' }));
    await writeFile(join(folder, 'accounts.pub'), publicKey.export({ type: 'spki', format: 'pem' }));
    await writeFile(join(folder, 'tokens.csv'), `${token},conformance,conformance,system:masters\n`);
    const server = await startPeer(
      paths['kube-apiserver'],
      [
        `--etcd-servers=http://127.0.0.1:${client}`,
        `--cert-dir=${join(folder, 'certificates')}`,
        '--bind-address=127.0.0.1',
        `--secure-port=${secure}`,
        '--service-cluster-ip-range=10.96.0.0/16',
        '--service-account-issuer=https://kubernetes.default.svc',
        `--service-account-signing-key-file=${join(folder, 'accounts.key')}`,
        `--service-account-key-file=${join(folder, 'accounts.pub')}`,
        `--token-auth-file=${join(folder, 'tokens.csv')}`,
        // The group of the token above may do everything; what others may is for rendered roles to say.
        '--authorization-mode=RBAC',
        // The levels of pod security decide, and not this switch.
        '--allow-privileged=true',
        // Accounts and their tokens are made by a controller, and there is none.
        '--disable-admission-plugins=ServiceAccount',
      ],
      { waitFor: { port: secure } },
    );
    const api = new KubernetesApiServer([server, etcd], secure);
    await api.#waitUntilReady();
    return api;
  }

  /** Options with which Helm talks to it. */
  get helmOptions(): readonly string[] {
    return [
      `--kube-apiserver=https://127.0.0.1:${this.#port}`,
      `--kube-token=${token}`,
      '--kube-insecure-skip-tls-verify',
    ];
  }

  async stop(): Promise<void> {
    for (const peer of this.#peers) await peer.stop();
  }

  /** Creates an object; `dryRun` decides everything and keeps nothing. Fields that the schema does not know are refused. */
  async create(object: KubernetesObject, namespace: string | undefined, dryRun: boolean): Promise<ApiAnswer> {
    const resource = await this.#findResource(object);
    if (resource === undefined)
      return { status: 404, body: { message: `no kind ${object.kind} in ${object.apiVersion}` }, warnings: [] };
    const scope = resource.namespaced ? `/namespaces/${object.metadata.namespace ?? namespace ?? 'default'}` : '';
    const query = `?fieldValidation=Strict&fieldManager=conformance${dryRun ? '&dryRun=All' : ''}`;
    return this.#send('POST', `${groupPath(object.apiVersion)}${scope}/${resource.name}${query}`, object);
  }

  /** Installs definitions and waits until they are served. */
  async define(definitions: readonly KubernetesObject[]): Promise<void> {
    for (const definition of definitions) {
      const answer = await this.create(definition, undefined, false);
      if (answer.status !== 201) throw new Error(`${definition.metadata.name}: ${JSON.stringify(answer.body)}`);
    }
    const path = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';
    for (const { metadata } of definitions) {
      for (let attempt = 0; attempt < 200; attempt += 1) {
        const { body } = await this.#send('GET', `${path}/${metadata.name}`);
        if (JSON.stringify(body).includes('"type":"Established"')) break;
        await delay(100);
      }
    }
    this.#resources.clear();
    // The paths of a new kind are served a moment after it is established.
    await delay(2_000);
  }

  async #waitUntilReady(): Promise<void> {
    for (let attempt = 0; attempt < 300; attempt += 1) {
      const answer = await this.#send('GET', '/readyz').catch(() => undefined);
      if (answer?.status === 200) return;
      await delay(200);
    }
    throw new Error(`The API server is not ready\n${this.#peers.map((peer) => peer.output()).join('\n')}`);
  }

  async #findResource({ apiVersion, kind }: KubernetesObject): Promise<ApiResource | undefined> {
    const key = `${apiVersion}/${kind}`;
    if (!this.#resources.has(key)) {
      const { body } = await this.#send('GET', groupPath(apiVersion));
      const list = (body['resources'] ?? []) as readonly (ApiResource & { readonly kind: string })[];
      for (const resource of list.filter(({ name }) => !name.includes('/')))
        this.#resources.set(`${apiVersion}/${resource.kind}`, resource);
    }
    return this.#resources.get(key);
  }

  #send(method: string, path: string, body?: unknown): Promise<ApiAnswer> {
    return new Promise((resolve, reject) => {
      const sent = request(
        {
          host: '127.0.0.1',
          port: this.#port,
          method,
          path,
          // Its certificate is its own, made a moment ago on this machine.
          rejectUnauthorized: false,
          headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        },
        (response) => {
          const chunks: Buffer[] = [];
          response.on('data', (chunk: Buffer) => chunks.push(chunk));
          response.on('end', () => {
            const text = Buffer.concat(chunks).toString();
            const isJson = response.headers['content-type']?.includes('json') === true;
            const warning = response.headers['warning'];
            resolve({
              status: response.statusCode ?? 0,
              body: isJson ? (JSON.parse(text) as ApiAnswer['body']) : { message: text },
              warnings: warning === undefined ? [] : [warning].flat().map(String),
            });
          });
        },
      );
      sent.on('error', reject);
      sent.end(body === undefined ? undefined : JSON.stringify(body));
    });
  }
}

function groupPath(apiVersion: string): string {
  return apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
}

/** All objects of a YAML text. */
export function parseObjects(text: string): KubernetesObject[] {
  return parseAllDocuments(text)
    .map((document) => document.toJS({ maxAliasCount: -1 }) as KubernetesObject | null)
    .filter((object) => object !== null);
}

/** Definitions of the kinds, by `kind.group`, from the folder of definitions. Conversion needs a webhook and is left out. */
export async function loadDefinitions(folder: string): Promise<Map<string, KubernetesObject>> {
  const files = (await readdir(folder)).filter((name) => /\.ya?ml$/.test(name)).toSorted();
  const texts = await Promise.all(files.map((name) => readFile(join(folder, name), 'utf8')));
  return new Map(
    texts
      .flatMap(parseObjects)
      .filter(({ kind }) => kind === 'CustomResourceDefinition')
      .map((object) => {
        const { conversion: _conversion, ...spec } = object['spec'] as Record<string, unknown>;
        const { status: _status, ...rest } = object as KubernetesObject & { readonly status?: unknown };
        const names = spec['names'] as { readonly kind: string };
        return [`${names.kind}.${String(spec['group'])}`, { ...rest, spec } as KubernetesObject];
      }),
  );
}
