import type { Benchmark } from '../benchmark.ts';
export const ingestion: Benchmark = { name: 'ingestion', title: 'ingestion', description: '', run: async () => ({ figures: [], notes: ['stub'] }) };
