import { idSchema, timeZoneSchema } from '@plinth/contracts';
import { defineOperation } from '@plinth/common';
import { z } from 'zod';
import { plainText } from '../plain-text.ts';
import type { Profile } from './profile.ts';
import { updateOwnProfileExamples } from './profile-examples.ts';

const localeSchema = z.string().max(35).refine(isLanguageTag, 'must be a BCP 47 language tag such as "de-AT"');

const profileSchema = z.object({
  id: idSchema,
  userId: z.string(),
  email: z.string(),
  displayName: z.string(),
  locale: z.string(),
  timeZone: z.string(),
  version: z.int(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
});

export const getOwnProfile = defineOperation({
  id: 'getOwnProfile',
  method: 'GET',
  path: '/profiles/me',
  summary: "Get the caller's profile",
  permission: 'authenticated',
  tenant: false,
  response: profileSchema,
  etag: 'returned',
  errors: ['caller.not_a_user'],
});

export const updateOwnProfile = defineOperation({
  id: 'updateOwnProfile',
  method: 'PATCH',
  path: '/profiles/me',
  summary: "Change the caller's profile",
  permission: 'authenticated',
  tenant: false,
  body: z.strictObject({
    displayName: plainText(200).optional(),
    locale: localeSchema.optional(),
    timeZone: timeZoneSchema.optional(),
  }),
  response: profileSchema,
  etag: 'required',
  errors: ['caller.not_a_user', 'request.version_mismatch'],
  examples: updateOwnProfileExamples,
});

export function toResponse(profile: Profile): z.output<typeof profileSchema> {
  return { ...profile, createdAt: profile.createdAt.toISOString(), updatedAt: profile.updatedAt.toISOString() };
}

function isLanguageTag(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length === 1;
  } catch {
    return false;
  }
}
