import type { InputFault } from '@plinth/contracts';

/** Most accounts in a line from the one that pays for all of them down to the last one. */
export const maximumLevels = 10;

/** An account, and one that pays for it: itself at level 1, its parent at level 2, up to the one that pays in the end. */
export interface PayerStep {
  readonly accountId: string;
  readonly payerId: string;
  readonly currency: string;
  readonly level: number;
}

/** What is to be put below a parent: `levels` counts it and the deepest line of accounts below it. */
export interface Placement {
  readonly parentId: string;
  readonly currency: string;
  readonly levels: number;
  /** JSON Pointer of the parent in the caller's body. */
  readonly path: string;
}

/** What is wrong with a parent: it must exist, have the same currency, and leave room below it. */
export function checkPlacement(
  { parentId, currency, levels, path }: Placement,
  steps: readonly PayerStep[],
): InputFault[] {
  const above = steps.filter(({ accountId }) => accountId === parentId);
  const parent = above.find(({ level }) => level === 1);
  if (parent === undefined) return [{ path, message: 'must be the id of an account of this tenant' }];
  const faults: InputFault[] = [];
  if (parent.currency !== currency)
    faults.push({ path, message: `makes an account in ${currency} be paid for by one in ${parent.currency}` });
  if (above.length + levels > maximumLevels)
    faults.push({ path, message: `must leave at most ${maximumLevels} accounts in one line of payers` });
  return faults;
}
