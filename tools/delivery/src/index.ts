export * from './description/platform-description.ts';
