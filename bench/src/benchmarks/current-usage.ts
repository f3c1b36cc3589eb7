import type { Benchmark } from '../benchmark.ts';
export const currentUsage: Benchmark = { name: 'current-usage', title: 'current-usage', description: '', run: async () => ({ figures: [], notes: ['stub'] }) };
