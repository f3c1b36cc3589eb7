import type { InputFault } from '@plinth/contracts';
import { InvalidInputError } from '@plinth/common';
import type { z } from 'zod';

const fractionDigits = 12;

/** The decimal as an integer of its twelfth place: addition and comparison without a decimal library and without loss. */
export function toScaled(decimal: string): bigint {
  const [whole = '0', fraction = ''] = decimal.split('.');
  return BigInt(whole + fraction.padEnd(fractionDigits, '0'));
}

/** Finds keys that an earlier entry has too; `at` is the pointer of the list and `name` the field of the key. */
export function checkDistinct(keys: readonly string[], at: string, name?: string): InputFault[] {
  const field = name === undefined ? '' : `/${name}`;
  const seen = new Set<string>();
  return keys.flatMap((key, index) => {
    if (!seen.has(key)) {
      seen.add(key);
      return [];
    }
    return [{ path: `${at}/${index}${field}`, message: `repeats "${key}"` }];
  });
}

/** The faults of a part of the body, with the pointer of that part before their paths. */
export function under(at: string, faults: readonly InputFault[]): InputFault[] {
  return faults.map(({ path, message }) => ({ path: `${at}${path}`, message }));
}

/** Throws one error with all faults, unless there are none. */
export function assertSound(faults: readonly InputFault[]): void {
  if (faults.length > 0) throw new InvalidInputError(faults);
}

/** Faults as issues of Zod, so that they are reported together with everything else that is wrong in the body. */
export function toIssues(faults: readonly InputFault[], input: unknown): z.core.$ZodRawIssue[] {
  return faults.map(({ path, message }) => ({
    code: 'custom',
    path: path.split('/').slice(1),
    message,
    input,
    continue: true,
  }));
}
