import { sqlStateOf } from '@plinth/common';
import { UniquenessError } from './scim.errors.ts';

const uniqueViolation = '23505';

/** Waits for a write; that its unique key is taken becomes `UniquenessError`. */
export async function refuseTaken<Result>(write: Promise<Result>, attribute: string, value: string): Promise<Result> {
  try {
    return await write;
  } catch (error) {
    if (sqlStateOf(error) === uniqueViolation) throw new UniquenessError(attribute, value);
    throw error;
  }
}
