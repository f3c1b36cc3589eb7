export * from './server.errors.ts';
export { loadManifests, loadServices, serviceNames } from './composition/service-registry.ts';
export * from './start-platform.ts';
export * from './version.ts';
