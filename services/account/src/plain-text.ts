import { isStorableText } from '@plinth/common';
import { z } from 'zod';

/**
 * Text of 1 to `length` characters without white space around it. A NUL or half of a surrogate pair is refused:
 * PostgreSQL can store neither.
 */
export function plainText(length: number) {
  return z
    .string()
    .trim()
    .min(1)
    .max(length)
    .refine(isStorableText, 'must not contain NUL or half of a surrogate pair');
}
