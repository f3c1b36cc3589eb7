import type { ContractFunctions, Principal, ServiceContract } from '@plinth/contracts';
import { signInternalToken } from '../auth/internal-token.ts';
import type { Secret } from '../config/secret.ts';
import { findRequestContext } from '../context/request-context.ts';
import { InvalidInputError, ServiceTimeoutError, ServiceUnavailableError } from '../errors/common.errors.ts';
import { RemoteError } from './remote-error.ts';
import { toFaults } from '../http/parse-operation-input.ts';

type AnyFunctions = Readonly<Record<string, (input: never) => Promise<unknown>>>;

export interface ContractClientsOptions {
  /** Name of the process's caller identity for work without a request, for example `subscription`. */
  readonly internalSecret: Secret;
  /** Base URL of each service that runs elsewhere. */
  readonly urls: ReadonlyMap<string, string>;
  readonly timeoutMs?: number;
}

/** Path below which a process answers contract calls of other processes. */
export const CONTRACT_PATH = '/internal/contracts';

/**
 * Hands out the functions behind a contract. Where the callee runs in this process they are its own functions;
 * elsewhere they are calls over HTTP with the caller's identity. Nothing in a service knows which.
 */
export class ContractClients {
  readonly #options: ContractClientsOptions;
  readonly #local = new Map<string, AnyFunctions>();

  constructor(options: ContractClientsOptions) {
    this.#options = options;
  }

  /** Makes a service of this process callable. */
  register(service: string, functions: object): void {
    this.#local.set(service, functions as AnyFunctions);
  }

  findLocal(service: string): AnyFunctions | undefined {
    return this.#local.get(service);
  }

  /** Whether the service runs here or has a URL. */
  isReachable(service: string): boolean {
    return this.#local.has(service) || this.#options.urls.has(service);
  }

  urlOf(service: string): string | undefined {
    return this.#options.urls.get(service);
  }

  /** The functions behind `contract`. The choice between local and remote is made at each call. */
  client<Contract extends ServiceContract>(contract: Contract): ContractFunctions<Contract> {
    const functions = Object.keys(contract.procedures).map((procedure) => [
      procedure,
      (input: unknown): Promise<unknown> => {
        const local = this.#local.get(contract.service)?.[procedure];
        return local === undefined ? this.#callRemote(contract, procedure, input) : local(input as never);
      },
    ]);
    return Object.fromEntries(functions) as ContractFunctions<Contract>;
  }

  async #callRemote(contract: ServiceContract, procedure: string, input: unknown): Promise<unknown> {
    const url = this.#options.urls.get(contract.service);
    if (url === undefined) throw new ServiceUnavailableError(contract.service);
    const context = findRequestContext();
    const principal: Principal = context?.principal ?? { kind: 'service', subject: 'platform', roles: [] };
    const token = signInternalToken(principal, contract.service, this.#options.internalSecret, Date.now());
    const response = await this.#fetch(contract.service, `${url}${CONTRACT_PATH}/${contract.service}/${procedure}`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${token}`,
        ...(context === undefined ? {} : { 'x-request-id': context.requestId }),
        ...(context?.traceparent === undefined ? {} : { traceparent: context.traceparent }),
      },
      body: JSON.stringify(input ?? {}),
    });
    const body: unknown = await response.json().catch(() => undefined);
    if (!response.ok) throw RemoteError.fromProblem(contract.service, response.status, body);
    return contract.procedures[procedure]?.output.parse((body as { result: unknown }).result);
  }

  async #fetch(service: string, url: string, init: RequestInit): Promise<Response> {
    try {
      return await fetch(url, { ...init, signal: AbortSignal.timeout(this.#options.timeoutMs ?? 10_000) });
    } catch (error) {
      if ((error as Error).name === 'TimeoutError') throw new ServiceTimeoutError(service, error);
      throw new ServiceUnavailableError(service, error);
    }
  }
}

/** Runs a procedure of this process for a caller elsewhere: checks the input, then calls it. */
export async function callLocalProcedure(
  clients: ContractClients,
  contract: ServiceContract,
  procedure: string,
  input: unknown,
): Promise<unknown> {
  const definition = contract.procedures[procedure];
  const implementation = clients.findLocal(contract.service)?.[procedure];
  if (definition === undefined || implementation === undefined) throw new ServiceUnavailableError(contract.service);
  const parsed = definition.input.safeParse(input);
  if (!parsed.success) throw new InvalidInputError(toFaults(parsed.error));
  return implementation(parsed.data as never);
}
