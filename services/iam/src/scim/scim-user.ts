import { z } from 'zod';
import { isObject, type Document } from './resource-document.ts';
import { InvalidValueError } from './scim.errors.ts';

/** A person as a tenant's directory keeps them; `id` is also the user's. */
export interface ScimUser {
  readonly id: string;
  readonly document: Document;
  readonly active: boolean;
  readonly madeAccount: boolean;
  readonly version: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly deletedAt: Date | null;
}

/** Whether the document says that the person has access. */
export function isActive(document: Document): boolean {
  return document['active'] !== false;
}

/** The address by which the person signs in: the preferred email address, else a user name that is one. */
export function addressOf(document: Document): string | undefined {
  const emails = ((document['emails'] ?? []) as Document[]).filter((email) => typeof email['value'] === 'string');
  const chosen =
    emails.find((email) => email['primary'] === true) ?? emails.find((email) => email['type'] === 'work') ?? emails[0];
  if (chosen === undefined)
    return isEmail(document['userName']) ? String(document['userName']).toLowerCase() : undefined;
  if (!isEmail(chosen['value'])) throw new InvalidValueError('emails', 'has a value that is no email address');
  return String(chosen['value']).toLowerCase();
}

/** For an account whose person has no address yet. No mail ever goes there (RFC 2606). */
export function placeholderAddress(userId: string): string {
  return `${userId}@directory.invalid`;
}

export function domainOf(address: string): string {
  return address.slice(address.lastIndexOf('@') + 1);
}

/** The name as the platform shows it. */
export function nameOf(document: Document): string {
  const name = isObject(document['name']) ? document['name'] : {};
  const parts = [name['givenName'], name['familyName']].filter((part) => part !== undefined).join(' ');
  return String(document['displayName'] ?? name['formatted'] ?? (parts || document['userName'])).slice(0, 200);
}

function isEmail(value: unknown): boolean {
  return z.email().max(320).safeParse(value).success;
}
