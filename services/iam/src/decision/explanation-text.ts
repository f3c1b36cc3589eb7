/** What explanations say in English. `{name}` stands for a value. */
export const explanationTexts = {
  subject_known: 'The subject belongs to the tenant.',
  subject_disabled: 'The user, or the creator of the key, is disabled.',
  subject_unknown: 'The tenant has no such subject: no role here, and no live key.',
  tenant_active: 'The tenant is active.',
  tenant_suspended: 'The tenant is suspended.',
  tenant_closing: 'The tenant is closing.',
  tenant_deleted: 'The tenant is deleted.',
  tenant_unknown: 'The tenant is unknown.',
  tenant_operator: 'The tenant is not active, which does not stop a platform administrator.',
  second_factor_not_asked: 'No second factor is asked for.',
  second_factor_asked: 'The tenant asks for a second factor: a sign-in without one may do nothing here.',
  object_known: 'The object lies in the tenant.',
  object_unknown: 'The tenant has no such organization or division.',
  role_gives: 'Given by {roles}.',
  role_none: 'None of {count} assignments gives {permission} here.',
  scopes_fit: 'The scopes of the key are not what stops it.',
  scopes_narrow: 'The key has not the scope {permission}; it has {scopes}.',
  scopes_empty: 'The key has not the scope {permission}; it has none that its creator may use.',
  add_permission: 'There is no permission {permission}: correct its name, or add it with POST /permissions.',
  add_subject: 'Give the subject a role in this tenant, or enable the user.',
  activate_tenant: 'Activate the tenant again.',
  name_place: 'Name an organization or division of this tenant.',
  make_key: 'Make a key with the scope {permission}.',
  give_here: 'Give {role} where the object lies, or in the whole tenant.',
  meet_conditions: 'Meet the conditions under which {role} gives {permission}.',
  operator_only: 'No role of a tenant gives {permission}: only a platform administrator may use it.',
  give_role: 'Give a role with {permission}.',
  give_role_such_as: 'Give a role with {permission}, for example {roles}.',
};

/** One sentence of an explanation, in no language yet. */
export interface Statement {
  readonly text: keyof typeof explanationTexts;
  readonly values: Readonly<Record<string, string>>;
}

export function state(text: Statement['text'], values: Statement['values'] = {}): Statement {
  return { text, values };
}
