import { startKeycloak as startServer, type KeycloakInput } from '@plinth/testing';
import type { Answerer } from './http-answerer.ts';
import type { Person } from './identity-provider.ts';

export interface KeycloakServer extends Answerer {
  /** Makes a user of the realm, with a password and the roles. */
  addPerson(person: Person, password: string): Promise<void>;
}

/** A real Keycloak that has imported a rendered realm. */
export async function startKeycloak(input: KeycloakInput): Promise<KeycloakServer> {
  const { base, admin, stop } = await startServer(input);
  return {
    address: new URL(base).host,
    stop,
    async addPerson(person, password) {
      const made = await admin('POST', '/users', {
        username: person.name,
        email: person.email,
        emailVerified: true,
        firstName: person.name,
        lastName: person.name,
        enabled: true,
        credentials: [{ type: 'password', value: password, temporary: false }],
      });
      const id = made.headers.get('location')?.split('/').at(-1);
      const roles = (await (await admin('GET', '/roles')).json()) as { name: string }[];
      await admin(
        'POST',
        `/users/${id}/role-mappings/realm`,
        roles.filter((role) => person.roles.includes(role.name)),
      );
    },
  };
}
