import type { Principal } from '@plinth/contracts';

declare module 'fastify' {
  interface FastifyRequest {
    /** The verified caller; undefined while nobody is signed in. */
    principal?: Principal | undefined;
  }
}
