export * from './dump-schema.ts';
export * from './leaks.ts';
export * from './recording-fake.ts';
export * from './service-under-test.ts';
export * from './test-database.ts';
export * from './test-server.ts';
