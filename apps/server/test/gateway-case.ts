import { expect } from 'vitest';
import type { SuiteAnswer, SuiteRequest } from './gateway-request.ts';
import type { Caller, World } from './gateway-world.ts';

export type GatewayName = 'embedded' | 'caddy' | 'nginx' | 'traefik';

/** A gateway in a run of the suite. */
export interface GatewayUnderTest {
  readonly name: GatewayName;
  readonly world: World;
  readonly caller: Caller;
  send(request: SuiteRequest): Promise<SuiteAnswer>;
}

/** What every gateway does alike. */
export interface SuiteCase {
  readonly title: string;
  readonly run: (gateway: GatewayUnderTest) => Promise<void>;
  /** Gateways that cannot do it, each with the reason, and what they do instead. */
  readonly except?: Partial<
    Record<GatewayName, { readonly because: string; readonly run: (gateway: GatewayUnderTest) => Promise<void> }>
  >;
}

const problemType = 'application/problem+json';

/** Expects an RFC 9457 problem, and no second header of those that say who may read it. */
export function expectProblem(answer: SuiteAnswer, status: number, code: string): void {
  expect([answer.status, answer.body?.code]).toEqual([status, code]);
  expect(answer.values('content-type').map((value) => value.split(';')[0])).toEqual([problemType]);
  expect(answer.body).toMatchObject({ type: `urn:plinth:error:${code}`, status });
}

/** The header of a token. */
export const bearer = (token: string): { authorization: string } => ({ authorization: `Bearer ${token}` });
