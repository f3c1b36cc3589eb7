import type { Transaction } from '@plinth/common';
import type { StoredProvider } from './identity-provider.store.ts';
import type { IdentityProvider } from './identity-provider.ts';

/** A provider without its secret. */
export type ShownProvider = IdentityProvider & { readonly secretSet: boolean };

export function showProvider({ secret, ...provider }: StoredProvider): ShownProvider {
  return { ...provider, secretSet: secret !== null };
}

/** Records what became of a provider; never its secret. */
export function auditProvider(
  transaction: Transaction,
  verb: 'created' | 'updated' | 'deleted',
  { before, after }: { readonly before?: StoredProvider; readonly after?: StoredProvider },
): void {
  transaction.audit({
    action: `identity_provider.${verb}`,
    resourceType: 'identity_provider',
    resourceId: (after ?? before)!.id,
    ...(before === undefined ? {} : { before: showProvider(before) }),
    ...(after === undefined ? {} : { after: showProvider(after) }),
  });
}
