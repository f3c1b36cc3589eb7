import type { Condition, Principal } from '@plinth/contracts';
import { abilityFor, holdsEverywhere, splitPermission, type RuleConditions } from './ability.ts';

/** How a list's rows show what permissions look at. What is left out is unknown there, so that no row qualifies by it. */
export interface ConditionColumns {
  /** Column with the id of the row's organization. */
  readonly organization?: string;
  /** SQL that is true where the row lies in one of the divisions of the `uuid[]` parameter, or below one. */
  readonly divisions?: (ids: string) => string;
  /** Columns by the attribute that they hold, such as `resource.ownerId`. */
  readonly attributes?: Readonly<Record<string, string>>;
}

/** A piece of a WHERE clause with the parameters that it adds. */
export interface SqlCondition {
  readonly sql: string;
  readonly parameters: readonly unknown[];
}

/**
 * The condition under which the principal holds the permission on a row: the same rules as `can`, for lists.
 * `firstParameter` is the number of its first placeholder.
 */
export function conditionFor(
  principal: Principal,
  permission: string,
  columns: ConditionColumns,
  firstParameter = 1,
): SqlCondition {
  if (holdsEverywhere(principal, permission)) return { sql: 'true', parameters: [] };
  const { resource, action } = splitPermission(permission);
  const parameters: unknown[] = [];
  const add = (value: unknown): string => `$${firstParameter - 1 + parameters.push(value)}`;
  const rules = abilityFor(principal, permission)
    .rulesFor(action, resource)
    .map(({ conditions }) => (conditions === undefined ? 'true' : ruleSql(conditions, columns, add)));
  return { sql: rules.length === 0 ? 'false' : `(${rules.join(' OR ')})`, parameters };
}

type AddParameter = (value: unknown) => string;

function ruleSql(rule: RuleConditions, columns: ConditionColumns, add: AddParameter): string {
  const parts = (rule.conditions ?? []).map((condition) => conditionSql(condition, rule.principal, columns, add));
  if (rule.reach !== undefined) {
    const { organizations, divisions } = rule.reach;
    const places = [
      ...(organizations.size > 0 && columns.organization !== undefined
        ? [`${columns.organization} = ANY (${add([...organizations])}::uuid[])`]
        : []),
      ...(divisions.size > 0 && columns.divisions !== undefined
        ? [columns.divisions(`${add([...divisions])}::uuid[]`)]
        : []),
    ];
    parts.push(places.length === 0 ? 'false' : `(${places.join(' OR ')})`);
  }
  return parts.length === 0 ? 'true' : `(${parts.join(' AND ')})`;
}

/** Compared as JSON, so that a text never equals a number, as in `can`. */
function conditionSql(
  { attribute, operator, value, otherAttribute }: Condition,
  principal: Principal,
  columns: ConditionColumns,
  add: AddParameter,
): string {
  // Added to the parameters only when the condition is written: each parameter must be in the text.
  const literal = (given: unknown) => (given === undefined ? undefined : () => `${add(JSON.stringify(given))}::jsonb`);
  const operand = (name: string): (() => string) | undefined => {
    if (name === 'subject.id') return literal(principal.subject);
    if (name === 'subject.email') return literal(principal.email);
    const column = columns.attributes?.[name];
    return column === undefined ? undefined : () => `to_jsonb(${column})`;
  };
  const left = operand(attribute);
  const right = otherAttribute === undefined ? literal(value) : operand(otherAttribute);
  if (left === undefined || right === undefined) return 'false';
  return `${left()} ${operator === 'equals' ? '=' : 'IS DISTINCT FROM'} ${right()}`;
}
