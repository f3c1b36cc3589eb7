import { isStorableText } from '@plinth/common';
import { z } from 'zod';

/** A tenant's own name for something, unique among its kind. */
export const keySchema = z
  .string()
  .regex(/^[a-z0-9][a-z0-9._-]{0,99}$/, 'must be lower-case letters, digits, ".", "_" or "-"');

/** The text that people read. */
export const nameSchema = storable(z.string().trim().min(1).max(200));

export const descriptionSchema = storable(z.string().max(2000));

/** Key of a meter. Whether the tenant has it is checked where a price names it. */
export const meterSchema = storable(z.string().min(1).max(100));

/** PostgreSQL can store neither NUL nor half of a surrogate pair. */
function storable(text: z.ZodString) {
  return text.refine(isStorableText, 'must not contain NUL or half of a surrogate pair');
}
