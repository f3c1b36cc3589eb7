export * from './api.errors.ts';
export * from './client.ts';
export type { Operations } from './generated/operations.ts';
export * from './pages.ts';
export { defaultRetry, type RetryOptions } from './retry.ts';
