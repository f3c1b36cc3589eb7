import type { Principal } from '@plinth/contracts';
import { VersionMismatchError, type Clock, type Database, type Transaction } from '@plinth/common';
import { findLiveSessionById } from '../session/session.store.ts';
import { PolicyWouldLockOutError } from './sign-in-policy.errors.ts';
import * as store from './sign-in-policy.store.ts';
import { findRefusal, openPolicy, type SignInPolicy } from './sign-in-policy.ts';

/** Keeps how the members of a tenant must sign in. */
export class SignInPolicyService {
  readonly #database: Database;
  readonly #clock: Clock;

  constructor(options: { readonly database: Database; readonly clock: Clock }) {
    this.#database = options.database;
    this.#clock = options.clock;
  }

  /** The policy of a tenant; version 0 when it has decided on none. */
  async get(tenantId: string): Promise<store.VersionedPolicy> {
    return this.#database.transaction(
      tenantId,
      async (transaction) => (await store.findPolicy(transaction)) ?? undecided,
    );
  }

  /**
   * Decides on a policy; it counts from the next request of every member on. Throws when the caller's own sign-in would
   * not be enough, so that no administrator locks themselves out.
   */
  async replace(
    caller: Principal,
    tenantId: string,
    change: { readonly policy: SignInPolicy; readonly ifMatch: number | undefined },
  ): Promise<store.VersionedPolicy> {
    const { policy, ifMatch } = change;
    return this.#database.transaction(tenantId, async (transaction) => {
      const before = (await store.lockPolicy(transaction)) ?? undecided;
      if (ifMatch !== undefined && ifMatch !== before.version) throw new VersionMismatchError();
      await this.#assertOwnSignInHolds(transaction, caller, policy);
      const after = await store.savePolicy(transaction, { ...policy, tenantId, now: this.#clock.now() });
      transaction.audit({
        action: 'sign_in_policy.changed',
        resourceType: 'sign_in_policy',
        resourceId: tenantId,
        before,
        after,
      });
      return after;
    });
  }

  /** A caller without a session of ours has proven nothing that a stricter policy could ask for. */
  async #assertOwnSignInHolds(transaction: Transaction, caller: Principal, policy: SignInPolicy): Promise<void> {
    const session = caller.session === undefined ? undefined : await findLiveSessionById(transaction, caller.session);
    const facts = session ?? { strong: false, methods: [] };
    const asksNothing = !policy.secondFactorRequired && policy.methods.length === openPolicy.methods.length;
    if (!asksNothing && findRefusal(policy, facts) !== undefined) throw new PolicyWouldLockOutError();
  }
}

const undecided: store.VersionedPolicy = { ...openPolicy, version: 0 };
