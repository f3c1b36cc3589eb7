import { z } from 'zod';

/** `resource.<name>`, `action.<name>` or `subject.<name>`: a property of what is asked about. */
const attributeSchema = z
  .string()
  .max(100)
  .regex(/^(resource|action|subject)\.[A-Za-z0-9_]+$/, 'must be resource.<name>, action.<name> or subject.<name>');

/**
 * What must hold for a permission to count: a property equals, or does not equal, a value or another property.
 * A property that is absent equals nothing.
 */
export const conditionSchema = z
  .strictObject({
    attribute: attributeSchema,
    operator: z.enum(['equals', 'not_equals']),
    value: z.union([z.string().max(500), z.number(), z.boolean()]).optional(),
    otherAttribute: attributeSchema.optional(),
  })
  .refine((condition) => (condition.value === undefined) !== (condition.otherAttribute === undefined), {
    path: ['value'],
    message: 'must be there unless otherAttribute is, and not with it',
  });

export type Condition = z.infer<typeof conditionSchema>;
