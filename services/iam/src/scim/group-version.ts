import { createHash } from 'node:crypto';
import type { ScimGroupWithMembers } from './scim-group.service.ts';

/** Version of a group by what it says: members come and go without touching the group itself. */
export function groupVersion({ name, externalId, members = [] }: ScimGroupWithMembers): string {
  return createHash('sha256')
    .update(JSON.stringify([name, externalId, members.toSorted()]))
    .digest('base64url')
    .slice(0, 16);
}
