import type { Benchmark } from '../benchmark.ts';
export const invoiceRun: Benchmark = { name: 'invoice-run', title: 'invoice-run', description: '', run: async () => ({ figures: [], notes: ['stub'] }) };
