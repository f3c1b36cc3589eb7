import type { Condition, Principal } from '@plinth/contracts';
import type { ProtectedObject } from './reach.ts';

/** Whether all conditions hold. A property that is absent equals nothing, not even another absent one. */
export function meetsConditions(
  conditions: readonly Condition[],
  principal: Principal,
  object: ProtectedObject,
): boolean {
  return conditions.every(({ attribute, operator, value, otherAttribute }) => {
    const left = readAttribute(attribute, principal, object);
    const right = otherAttribute === undefined ? value : readAttribute(otherAttribute, principal, object);
    const equal = left !== undefined && left !== null && left === right;
    return operator === 'equals' ? equal : !equal;
  });
}

/**
 * Value of `resource.…`, `action.…` or `subject.…`. `subject.id` and `subject.email` are always the principal's own,
 * whatever the request says of its subject.
 */
function readAttribute(attribute: string, principal: Principal, object: ProtectedObject): unknown {
  const at = attribute.indexOf('.');
  const name = attribute.slice(at + 1);
  switch (attribute.slice(0, at)) {
    case 'resource':
      return ownProperty(object.properties, name);
    case 'action':
      return ownProperty(object.action, name);
    default:
      if (name === 'id') return principal.subject;
      if (name === 'email') return principal.email;
      return ownProperty(object.subject, name);
  }
}

function ownProperty(properties: Readonly<Record<string, unknown>> | undefined, name: string): unknown {
  return properties !== undefined && Object.hasOwn(properties, name) ? properties[name] : undefined;
}
