import { permissions } from '@plinth/contracts';
import { defineOperation } from '@plinth/common';
import { z } from 'zod';

const permissionSchema = z.enum(permissions);

const checkBody = z
  .strictObject({
    permission: permissionSchema.optional(),
    permissions: z.array(permissionSchema).min(1).max(100).optional(),
  })
  .refine((body) => (body.permission === undefined) !== (body.permissions === undefined), {
    path: ['permission'],
    message: 'must be there unless permissions is, and not with it',
  });

export const listPermissions = defineOperation({
  id: 'listPermissions',
  method: 'GET',
  path: '/permissions',
  summary: 'List every permission of the platform',
  permission: 'authenticated',
  tenant: false,
  response: z.object({ data: z.array(permissionSchema), nextCursor: z.null() }),
});

export const checkPermissions = defineOperation({
  id: 'checkPermissions',
  method: 'POST',
  path: '/permissions/check',
  summary: 'Ask whether the caller holds one permission, or each of several',
  permission: 'authenticated',
  tenant: false,
  body: checkBody,
  response: z.object({
    allowed: z.boolean().describe('whether all of them are held'),
    results: z.array(z.object({ permission: permissionSchema, allowed: z.boolean() })),
  }),
});
