export * from './server.errors.ts';
export { loadConfiguration } from './composition/configuration.ts';
export { createBackend, type Backend } from './composition/run-services.ts';
export { loadManifests, loadServices, serviceNames } from './composition/service-registry.ts';
export { Authentication } from './gateway/authentication.ts';
export { trustEmbeddedIssuer } from './gateway/issuer.ts';
export { TokenVerifier } from './gateway/token-verifier.ts';
export * from './start-platform.ts';
export * from './version.ts';
