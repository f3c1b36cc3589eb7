import { z } from 'zod';

/** Every failure that a caller can see is one of these kinds; one place maps a kind to an HTTP status. */
export const errorKinds = [
  'invalid',
  'unauthenticated',
  'forbidden',
  'not_found',
  'conflict',
  'gone',
  'precondition',
  'too_large',
  'unprocessable',
  'rate_limited',
  'unavailable',
  'internal',
] as const;

export type ErrorKind = (typeof errorKinds)[number];

/** HTTP status of each error kind (RFC 9110). */
export const statusOfKind: Readonly<Record<ErrorKind, number>> = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  gone: 410,
  precondition: 412,
  too_large: 413,
  unprocessable: 422,
  rate_limited: 429,
  unavailable: 503,
  internal: 500,
};

/** One mistake in the input: where it is and what is wrong with it. */
export const inputFaultSchema = z.object({
  path: z.string().describe('JSON Pointer to the bad value; empty for the whole body'),
  message: z.string(),
});

export type InputFault = z.infer<typeof inputFaultSchema>;

/** RFC 9457 problem body, with a stable code and every bad value's path. */
export const problemSchema = z.object({
  type: z.string().describe('stable URI of the error code'),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  code: z.string().describe('stable dotted code'),
  instance: z.string().optional(),
  requestId: z.string().optional(),
  suggestion: z.string().optional(),
  errors: z.array(inputFaultSchema).optional(),
});

export type Problem = z.infer<typeof problemSchema>;
