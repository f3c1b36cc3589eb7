export * from './server.errors.ts';
export { serviceNames, loadServices } from './composition/service-registry.ts';
export * from './start-platform.ts';
export * from './version.ts';
