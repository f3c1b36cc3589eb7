import { idSchema, permissions } from '@plinth/contracts';
import { defineOperation } from '@plinth/common';
import { z } from 'zod';
import type { OwnPermission } from './permission.store.ts';

/** `resource:action`, in the words of an application. */
export const ownPermissionSchema = z
  .string()
  .max(200)
  .regex(/^[a-z][a-z0-9_-]*:[a-z][a-z0-9_-]*$/i, 'must be resource:action')
  .refine((name) => !(permissions as readonly string[]).includes(name), { message: "is one of the platform's own" });

export const askedPermissionSchema = z
  .string()
  .max(200)
  .regex(/^[^:]+:[^:]+$/, 'must be resource:action');

/** Where an object lies and what it is like, as far as the asker knows. */
export const objectSchema = z.strictObject({
  organizationId: idSchema.optional(),
  divisionId: idSchema.optional(),
  properties: z
    .record(z.string().max(100), z.union([z.string().max(500), z.number(), z.boolean(), z.null()]))
    .optional()
    .describe('properties that conditions look at'),
});

const checkBody = z
  .strictObject({
    permission: askedPermissionSchema.optional(),
    permissions: z.array(askedPermissionSchema).min(1).max(100).optional(),
    object: objectSchema.optional().describe('absent: in the whole tenant'),
  })
  .refine((body) => (body.permission === undefined) !== (body.permissions === undefined), {
    path: ['permission'],
    message: 'must be there unless permissions is, and not with it',
  });

const ownResponseSchema = z.object({
  name: z.string(),
  description: z.string().nullable(),
  createdAt: z.iso.datetime(),
});

export const listPermissions = defineOperation({
  id: 'listPermissions',
  method: 'GET',
  path: '/permissions',
  summary: "List every permission of the platform and of the tenant's applications",
  permission: 'authenticated',
  tenant: false,
  response: z.object({ data: z.array(z.string()), nextCursor: z.null() }),
});

export const createPermission = defineOperation({
  id: 'createPermission',
  method: 'POST',
  path: '/permissions',
  summary: "Add a permission of one of the tenant's own applications",
  permission: 'policy:write',
  body: z.strictObject({
    name: ownPermissionSchema,
    description: z.string().trim().min(1).max(500).nullable().optional(),
  }),
  response: ownResponseSchema,
  status: 201,
  idempotent: true,
  errors: ['resource.already_exists'],
});

export const deletePermission = defineOperation({
  id: 'deletePermission',
  method: 'DELETE',
  path: '/permissions/:name',
  summary: "Delete a permission of the tenant's own that no role has",
  permission: 'policy:write',
  sensitive: true,
  params: z.strictObject({ name: z.string().max(200) }),
  response: z.undefined(),
  status: 204,
  errors: ['permission.in_use'],
});

export const checkPermissions = defineOperation({
  id: 'checkPermissions',
  method: 'POST',
  path: '/permissions/check',
  summary: 'Ask whether the caller holds one permission, or each of several, in the whole tenant or on one object',
  permission: 'authenticated',
  tenant: false,
  body: checkBody,
  response: z.object({
    allowed: z.boolean().describe('whether all of them are held'),
    results: z.array(z.object({ permission: z.string(), allowed: z.boolean() })),
  }),
});

export function toResponse({ name, description, createdAt }: OwnPermission): z.output<typeof ownResponseSchema> {
  return { name, description, createdAt: createdAt.toISOString() };
}
