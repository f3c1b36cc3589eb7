import { Ability, type Abilities, type ConditionsMatcher, type RawRuleOf } from '@casl/ability';
import { rolePermissions, type Condition, type Grant, type Permission, type Principal } from '@plinth/contracts';
import { meetsConditions } from './condition.ts';
import { reaches, type ProtectedObject, type Reach } from './reach.ts';

/** What a rule of an ability asks of the object: to lie in reach, and to meet conditions. */
export interface RuleConditions {
  /** Undefined: anywhere in the tenant. */
  readonly reach?: Reach;
  readonly conditions?: readonly Condition[];
  readonly principal: Principal;
}

/** What is asked about: the type of the object and the object itself. */
export interface Question {
  readonly type: string;
  readonly object: ProtectedObject;
}

export type PrincipalAbility = Ability<Abilities & [string, string | Question], RuleConditions>;

const permissionsOfRole = new Map<string, ReadonlySet<string>>(
  Object.entries(rolePermissions).map(([role, list]) => [role, new Set<string>(list)]),
);
const nothing: ReadonlySet<string> = new Set();

const conditionsMatcher: ConditionsMatcher<RuleConditions> = (rule) => (question: object) => {
  const { object } = question as Question;
  return (
    (rule.reach === undefined || reaches(rule.reach, object)) &&
    (rule.conditions === undefined || meetsConditions(rule.conditions, rule.principal, object))
  );
};

const abilities = new WeakMap<Principal, Map<string, PrincipalAbility>>();
const wholeGrants = new WeakMap<Principal, ReadonlySet<string>>();

/**
 * What one permission lets the principal do, as CASL rules. Made at the first question about it and kept as long as the
 * principal is: somebody with a thousand roles asks about few of their permissions.
 */
export function abilityFor(principal: Principal, permission: string): PrincipalAbility {
  let known = abilities.get(principal);
  if (known === undefined) abilities.set(principal, (known = new Map()));
  let ability = known.get(permission);
  if (ability === undefined) {
    ability = new Ability<Abilities & [string, string | Question], RuleConditions>(rulesFor(principal, permission), {
      conditionsMatcher,
      detectSubjectType: (question) => (question as Question).type,
    });
    known.set(permission, ability);
  }
  return ability;
}

/** Whether the principal holds the permission in the whole tenant and without conditions. */
export function holdsEverywhere(principal: Principal, permission: string): boolean {
  if (principal.scopes !== undefined && !principal.scopes.includes(permission)) return false;
  // An API key carries what it may do in the whole tenant as scopes and has no roles; a service acts for the platform.
  if (principal.kind === 'api-key') return principal.scopes !== undefined;
  if (principal.kind === 'service') return true;
  for (const role of principal.roles) if (permissionsOfRole.get(role)?.has(permission)) return true;
  return principal.grants !== undefined && grantedEverywhere(principal).has(permission);
}

function grantedEverywhere(principal: Principal): ReadonlySet<string> {
  let granted = wholeGrants.get(principal);
  if (granted === undefined) {
    const whole = (principal.grants ?? []).filter((grant) => !isLimited(grant));
    granted = whole.length === 0 ? nothing : new Set(whole.flatMap(({ permissions }) => permissions));
    wholeGrants.set(principal, granted);
  }
  return granted;
}

function isLimited({ organization, division, conditions }: Grant): boolean {
  return organization !== undefined || division !== undefined || (conditions?.length ?? 0) > 0;
}

/** One rule for each set of conditions, so that a check looks at few rules however many grants there are. */
function rulesFor(principal: Principal, permission: string): RawRuleOf<PrincipalAbility>[] {
  if (holdsEverywhere(principal, permission)) return [ruleOf(permission)];
  // Scopes narrow what roles and grants give; those of an API key were narrowed when it was looked up.
  if (principal.kind !== 'api-key' && principal.scopes !== undefined && !principal.scopes.includes(permission))
    return [];
  const limited = (principal.grants ?? []).filter(
    (grant) => grant.permissions.includes(permission) && isLimited(grant),
  );
  const groups = Map.groupBy(limited, ({ conditions }) => (conditions === undefined ? '' : JSON.stringify(conditions)));
  return [...groups.values()].map((grants) => ruleOf(permission, limitsOf(principal, grants)));
}

function ruleOf(permission: string, conditions?: RuleConditions): RawRuleOf<PrincipalAbility> {
  const { action, resource } = splitPermission(permission);
  return { action, subject: resource, ...(conditions === undefined ? {} : { conditions }) };
}

function limitsOf(principal: Principal, grants: readonly Grant[]): RuleConditions {
  const conditions = grants[0]?.conditions;
  const anywhere = grants.some(({ organization, division }) => organization === undefined && division === undefined);
  return {
    principal,
    ...(conditions === undefined || conditions.length === 0 ? {} : { conditions }),
    ...(anywhere
      ? {}
      : {
          reach: {
            organizations: new Set(grants.flatMap(({ organization }) => organization ?? [])),
            divisions: new Set(grants.flatMap(({ division }) => division ?? [])),
          },
        }),
  };
}

/** The two halves of `resource:action`. */
export function splitPermission(permission: Permission | string): { resource: string; action: string } {
  const at = permission.indexOf(':');
  return { resource: permission.slice(0, at), action: permission.slice(at + 1) };
}
