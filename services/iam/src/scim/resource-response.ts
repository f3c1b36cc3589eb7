import { groupVersion } from './group-version.ts';
import { groupKind, userKind, userSchema, type ResourceKind } from './schema.ts';
import type { ScimGroupWithMembers } from './scim-group.service.ts';
import type { ScimUserWithGroups } from './scim-user.service.ts';

export type Resource = Record<string, unknown> & {
  readonly meta: { readonly location: string; readonly version?: string };
};

/** A user as SCIM shows it. `base` is the URL of the protocol. */
export function toUserResource(base: string, user: ScimUserWithGroups): Resource {
  const extensions = userKind.extensions.filter(({ id }) => user.document[id] !== undefined);
  return {
    schemas: [userSchema.id, ...extensions.map(({ id }) => id)],
    id: user.id,
    ...user.document,
    ...(user.groups.length === 0
      ? {}
      : {
          groups: user.groups.map(({ id, name }) => ({ value: id, $ref: `${base}/Groups/${id}`, display: name })),
        }),
    meta: metaOf(base, userKind, user, String(user.version)),
  };
}

/** A group as SCIM shows it. */
export function toGroupResource(base: string, group: ScimGroupWithMembers): Resource {
  const { members = [] } = group;
  return {
    schemas: [groupKind.schema.id],
    id: group.id,
    ...(group.externalId === null ? {} : { externalId: group.externalId }),
    displayName: group.name,
    ...(members.length === 0
      ? {}
      : { members: members.map((value) => ({ value, $ref: `${base}/Users/${value}`, type: 'User' })) }),
    meta: metaOf(base, groupKind, group, group.members && groupVersion(group)),
  };
}

function metaOf(
  base: string,
  kind: ResourceKind,
  resource: { readonly id: string; readonly createdAt: Date; readonly updatedAt: Date },
  version: string | undefined,
): Resource['meta'] & Record<string, unknown> {
  return {
    resourceType: kind.name,
    created: resource.createdAt.toISOString(),
    lastModified: resource.updatedAt.toISOString(),
    location: `${base}${kind.endpoint}/${resource.id}`,
    ...(version === undefined ? {} : { version: `W/"${version}"` }),
  };
}
