import type { Transaction } from '@plinth/common';

export type NumberSeries = 'invoice' | 'credit_note';

/**
 * Takes the next `count` numbers of a legal entity's series; its row stays locked until the commit. Gives the last of
 * them.
 */
export async function allotNumbers(
  transaction: Transaction,
  legalEntityId: string,
  series: NumberSeries,
  count: number,
): Promise<bigint> {
  const row = await transaction.findRow<{ last_number: string }>(
    `INSERT INTO subscription.invoice_numbers AS numbers (tenant_id, legal_entity_id, series, last_number) VALUES ($1, $2, $3, $4)
     ON CONFLICT (tenant_id, legal_entity_id, series) DO UPDATE SET last_number = numbers.last_number + excluded.last_number RETURNING last_number`,
    [transaction.tenantId, legalEntityId, series, count],
  );
  return BigInt(row!.last_number);
}

/** A number for each invoice that is to be final, in their order within each legal entity. */
export async function allotNumbersTo<Issued extends { readonly legalEntityId: string }>(
  transaction: Transaction,
  issued: readonly Issued[],
): Promise<Map<Issued, bigint>> {
  const numbers = new Map<Issued, bigint>();
  // In one order, so that two runs wait for each other instead of deadlocking.
  for (const legalEntityId of [...new Set(issued.map((one) => one.legalEntityId))].sort()) {
    const own = issued.filter((one) => one.legalEntityId === legalEntityId);
    const last = await allotNumbers(transaction, legalEntityId, 'invoice', own.length);
    for (const [position, one] of own.entries()) numbers.set(one, last - BigInt(own.length - 1 - position));
  }
  return numbers;
}
