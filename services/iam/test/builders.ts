import type { ContractFunctions, iamContract } from '@plinth/contracts';
import { newId } from '@plinth/common';
import {
  startServiceUnderTest,
  type ServiceUnderTest,
  type ServiceUnderTestOptions,
  type TestResponse,
} from '@plinth/testing';
import { service } from '../src/index.ts';

export const origin = 'http://localhost:3000';
export const testEnvironment = {
  IAM_SECRET: 'Zm9yIHRlc3RzIG9ubHksIG5vdCBhIHNlY3JldCE',
  IAM_SELF_REGISTRATION: 'true',
  IAM_EMAIL_VERIFICATION: 'optional',
  IAM_INITIAL_ADMIN_PASSWORD: 'initial password',
};

/** The account service as iam sees it where a test is about something else: nobody owns anything there. */
const accountStandIn = { ensureMember: async () => ({ created: true }), findMembership: async () => null };
const tenantStandIn = { getLimits: async () => ({}), findTenant: async () => null };

/** iam on a database of its own, with sign-up open. */
export function startIam(options: ServiceUnderTestOptions = {}): Promise<ServiceUnderTest> {
  const { account, tenant, ...others } = options.contracts ?? {};
  const contracts = { ...others, account: { ...accountStandIn, ...account }, tenant: { ...tenantStandIn, ...tenant } };
  const environment = { ...testEnvironment, ...options.environment };
  return startServiceUnderTest(service, { ...options, contracts, environment });
}

export function contractOf(iam: ServiceUnderTest): ContractFunctions<typeof iamContract> {
  return iam.instance.contract as ContractFunctions<typeof iamContract>;
}

export interface SignedUpUser {
  readonly userId: string;
  readonly email: string;
  /** Value of the session cookie. */
  readonly cookie: string;
  /** Cookie header of the session. */
  readonly cookies: string;
}

export const password = 'correct horse';

/** Signs a new user up and in. */
export async function signUp(iam: ServiceUnderTest): Promise<SignedUpUser> {
  const email = `${newId()}@example.test`;
  const response = await iam.request('POST', '/auth/sign-up/email', { body: { email, password, name: 'Ann' } });
  if (response.status !== 200) throw new Error(JSON.stringify(response.body));
  return { userId: response.body.user.id, email, ...sessionOf(response) };
}

/** The session cookie that a response sets. */
export function sessionOf(response: TestResponse): { cookie: string; cookies: string } {
  const header = [response.headers['set-cookie']]
    .flat()
    .find((cookie) => String(cookie).startsWith('plinth.session_token='));
  const cookies = String(header).split(';')[0]!;
  return { cookies, cookie: cookies.slice('plinth.session_token='.length) };
}

/** Makes a user a member of a tenant, as an accepted invitation does. */
export async function joinTenant(
  iam: ServiceUnderTest,
  { tenantId, organizationId, userId }: { tenantId: string; organizationId: string; userId: string },
): Promise<void> {
  await contractOf(iam).grantRole({ tenantId, organizationId, userId, role: 'org_member' });
}

/** Makes a tenant with the user as its owner. */
export async function createTenant(
  iam: ServiceUnderTest,
  ownerUserId: string,
): Promise<{ tenantId: string; organizationId: string }> {
  const [tenantId, organizationId] = [newId(), newId()];
  await iam.deliver('organization.created', { tenantId, organizationId, ownerUserId, name: 'Acme' }, tenantId);
  return { tenantId, organizationId };
}
