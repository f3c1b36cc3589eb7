import type { Principal } from '@plinth/contracts';
import type { Database, ProtectedObject } from '@plinth/common';
import { z } from 'zod';
import { narrowToCreator } from '../api-key/api-key.ts';
import { resolveMembership } from '../membership/membership.ts';
import type { Places } from '../role/place.ts';
import type { AccessQuestion, Resource, Subject, SubjectState } from './decision.ts';
import * as store from './knowledge.store.ts';

/** What is known of the subjects and resources of some questions. */
export interface Knowledge {
  readonly subjectOf: (subject: Subject) => SubjectState;
  /** The resource as permissions look at it; undefined when the tenant has no such organization or division. */
  readonly objectOf: (
    question: Omit<AccessQuestion, 'action'> & Partial<AccessQuestion>,
  ) => ProtectedObject | undefined;
}

const isId = (value: unknown): value is string => z.uuid().safeParse(value).success;
const keyOf = ({ type, id }: { readonly type: string; readonly id: string }) => `${type} ${id}`;

/** Finds out about subjects and resources, of one tenant only. */
export class KnowledgeService {
  readonly #database: Database;
  readonly #places: Places;

  constructor(database: Database, places: Places) {
    this.#database = database;
    this.#places = places;
  }

  /** Everything that questions about these subjects and resources need, in few statements however many there are. */
  async load(tenantId: string, subjects: readonly Subject[], resources: readonly Resource[]): Promise<Knowledge> {
    const facts = await this.#database.transaction(tenantId, async (transaction) => {
      const entities = await store.listEntities(transaction, [...subjects, ...resources]);
      const byKey = new Map(entities.map((entity) => [keyOf(entity), entity]));
      const keys = await store.listKeys(transaction, idsOf(subjects, 'api-key'));
      const references = subjects.flatMap((subject) => personOf(subject, byKey) ?? []);
      const people = await store.listPeople(transaction, {
        ids: [...references.filter(isId), ...keys.map(({ createdBy }) => createdBy)],
        emails: references.filter((id) => id.includes('@')),
      });
      const accounts = await store.listServiceAccounts(transaction, idsOf(subjects, 'service-account'));
      return { entities: byKey, keys, people, accounts };
    });
    const holders = [...facts.people, ...facts.accounts].map(({ id }) => id);
    const grants =
      holders.length === 0
        ? []
        : await this.#database.platformTransaction((transaction) =>
            store.listGrantsOfHolders(transaction, tenantId, holders),
          );
    const places = await this.#places.resolveMany(tenantId, {
      organizationIds: resources.map((resource) => placeIds(resource, facts.entities).organizationId).filter(isId),
      divisionIds: resources.map((resource) => placeIds(resource, facts.entities).divisionId).filter(isId),
    });
    const grantsOf = Map.groupBy(grants, ({ holderId }) => holderId);
    return {
      subjectOf: (subject) => findSubject(subject, { ...facts, grantsOf, tenantId }),
      objectOf: ({ subject, action, resource }) => {
        const { organizationId, divisionId } = placeIds(resource, facts.entities);
        const place = places.get(String(divisionId).toLowerCase()) ?? places.get(String(organizationId).toLowerCase());
        if (isPlace(resource) && place === undefined) return undefined;
        return {
          ...place,
          properties: {
            ...facts.entities.get(keyOf(resource))?.properties,
            ...resource.properties,
            // Enforcement points put parts of what they were sent into properties; a condition on the id means the id.
            ...(resource.id === '' ? {} : { id: resource.id }),
          },
          ...(action?.properties ? { action: action.properties } : {}),
          ...(subject.properties ? { subject: subject.properties } : {}),
        };
      },
    };
  }
}

interface Facts {
  readonly tenantId: string;
  readonly entities: ReadonlyMap<string, store.PolicyEntity>;
  readonly keys: readonly store.KeyRow[];
  readonly people: readonly store.PersonRow[];
  readonly accounts: readonly { readonly id: string; readonly disabled: boolean }[];
  readonly grantsOf: ReadonlyMap<string, readonly store.HolderGrant[]>;
}

function findSubject(subject: Subject, facts: Facts): SubjectState {
  const properties = facts.entities.get(keyOf(subject))?.properties ?? {};
  if (subject.type === 'service-account') {
    const account = facts.accounts.find(({ id }) => id === subject.id);
    if (account === undefined) return { refusal: 'subject_unknown' };
    if (account.disabled) return { refusal: 'subject_disabled' };
    const grants = facts.grantsOf.get(account.id) ?? [];
    const membership = resolveMembership(grants, facts.tenantId) ?? { tenant: facts.tenantId, roles: [] };
    return { principal: { kind: 'service-account', subject: subject.id, ...membership }, grants, properties };
  }
  if (subject.type !== 'api-key') {
    const reference = personOf(subject, facts.entities);
    return personState(facts, properties, (person) => person.id === reference || person.email === reference);
  }
  const key = facts.keys.find(({ id }) => id === subject.id);
  if (key === undefined) return { refusal: 'subject_unknown' };
  const creator = personState(facts, properties, (person) => person.id === key.createdBy);
  if ('refusal' in creator) return creator;
  const principal: Principal = {
    kind: 'api-key',
    subject: key.id,
    tenant: facts.tenantId,
    roles: [],
    ...narrowToCreator(key.scopes, creator.principal),
  };
  return { principal, grants: creator.grants, properties };
}

/**
 * The id or email address of the user that a subject is. Subjects of an application's own types are users by registered
 * names alone.
 */
function personOf(subject: Subject, entities: ReadonlyMap<string, store.PolicyEntity>): string | undefined {
  const registered = entities.get(keyOf(subject))?.userId ?? undefined;
  return registered ?? (subject.type === 'user' ? subject.id.toLowerCase() : undefined);
}

function personState(
  facts: Facts,
  properties: Readonly<Record<string, unknown>>,
  isMeant: (person: store.PersonRow) => boolean,
): SubjectState {
  const person = facts.people.find(isMeant);
  const grants = person === undefined ? [] : (facts.grantsOf.get(person.id) ?? []);
  const membership = resolveMembership(grants, facts.tenantId);
  // Whoever does not belong to the tenant is nobody here, whether there is such a user elsewhere or not.
  if (person === undefined || membership === undefined) return { refusal: 'subject_unknown' };
  if (person.disabled) return { refusal: 'subject_disabled' };
  return { principal: { kind: 'user', subject: person.id, email: person.email, ...membership }, grants, properties };
}

function idsOf(subjects: readonly Subject[], type: string): string[] {
  return subjects.filter((subject) => subject.type === type && isId(subject.id)).map(({ id }) => id);
}

/** Where a resource says that it lies; an organization or division is its own place. */
function placeIds(
  resource: Resource,
  entities: ReadonlyMap<string, store.PolicyEntity>,
): { organizationId: unknown; divisionId: unknown } {
  if (isPlace(resource))
    return resource.type === 'division'
      ? { organizationId: undefined, divisionId: resource.id }
      : { organizationId: resource.id, divisionId: undefined };
  const properties: Readonly<Record<string, unknown>> = {
    ...entities.get(keyOf(resource))?.properties,
    ...resource.properties,
  };
  return { organizationId: properties['organizationId'], divisionId: properties['divisionId'] };
}

/** Without an id, all of the tenant's are meant. */
function isPlace({ type, id }: Resource): boolean {
  return (type === 'division' || type === 'organization') && id !== '';
}
