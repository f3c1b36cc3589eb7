import type { ServiceUnderTest } from '@plinth/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { contractOf, password, signUp, startIam } from '../../test/builders.ts';

let iam: ServiceUnderTest;
beforeAll(async () => {
  iam = await startIam();
});
afterAll(() => iam.stop());

async function sessionOfUser(userId: string): Promise<string> {
  const rows = await iam.database.transaction(undefined, (transaction) =>
    transaction.rows<{ id: string }>(`SELECT id FROM auth.sessions WHERE user_id = $1`, [userId]),
  );
  return rows[0]!.id;
}

const changeSession = (id: string, change: string) =>
  iam.database.transaction(undefined, (transaction) =>
    transaction.execute(`UPDATE auth.sessions SET ${change} WHERE id = $1`, [id]),
  );

test('a sign-in of the last ten minutes or the password confirms who somebody is', async () => {
  const { userId } = await signUp(iam);
  const session = await sessionOfUser(userId);
  const confirm = async (claim: object) => (await contractOf(iam).confirmIdentity({ userId, ...claim })).confirmed;
  expect(await confirm({ session })).toBe(true);
  await changeSession(session, `created_at = now() - interval '11 minutes'`);
  expect(await confirm({ session })).toBe(false);
  expect(await confirm({ session, password })).toBe(true);
  expect(await confirm({ session, password: 'not the right one' })).toBe(false);
  expect(await confirm({})).toBe(false);
});

test("attack: somebody else's session and support staff who act as the person confirm nothing", async () => {
  const [user, other] = [await signUp(iam), await signUp(iam)];
  const contract = contractOf(iam);
  expect(await contract.confirmIdentity({ userId: user.userId, session: await sessionOfUser(other.userId) })).toEqual({
    confirmed: false,
  });
  const session = await sessionOfUser(user.userId);
  await changeSession(session, `actor_id = '${other.userId}'`);
  for (const claim of [{ session }, { session, password }])
    expect(await contract.confirmIdentity({ userId: user.userId, ...claim })).toEqual({ confirmed: false });
});
