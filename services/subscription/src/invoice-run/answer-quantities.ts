import type { ContractFunctions, meteringContract } from '@plinth/contracts';
import type { Quantities } from './quantities.ts';

// The contract's own limits.
const maximumRequests = 20_000;
const maximumGroupedRequests = 2000;

/** Asks metering for everything that was collected, in as few calls as its contract lets it. No transaction is open. */
export async function answerQuantities(
  metering: Pick<ContractFunctions<typeof meteringContract>, 'listQuantities' | 'listGroupedQuantities'>,
  tenantId: string,
  quantities: Quantities,
): Promise<void> {
  const [totals, groups] = await Promise.all([
    askInParts(quantities.requests, maximumRequests, (requests) => metering.listQuantities({ tenantId, requests })),
    askInParts(quantities.groupedRequests, maximumGroupedRequests, (requests) =>
      metering.listGroupedQuantities({ tenantId, requests }),
    ),
  ]);
  quantities.answer(totals, groups);
}

/** The answers to all requests, of which one call takes so many. */
async function askInParts<Request, Answer>(
  requests: readonly Request[],
  most: number,
  ask: (part: Request[]) => Promise<Answer[]>,
): Promise<Answer[]> {
  const answers: Answer[] = [];
  for (let from = 0; from < requests.length; from += most)
    for (const answer of await ask(requests.slice(from, from + most))) answers.push(answer);
  return answers;
}
