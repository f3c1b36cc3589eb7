import { idSchema, type Principal } from '@plinth/contracts';
import { hasPermission } from '@plinth/common';
import type { ExplainQuestion } from '../decision/explain.service.ts';
import { loadTenantName } from './account-overview.ts';
import { renderAnswer, type Asked } from './explain-view.ts';
import {
  renderButton,
  renderChoice,
  renderField,
  renderForm,
  renderSummary,
  titleOf,
  untouched,
  type FormState,
} from './form.ts';
import { FormFaults, readForm, submit } from './form-fault.ts';
import { html, type Html } from './html.ts';
import { viewerOf } from './own-account.ts';
import type { PageServices } from './page-services.ts';
import { ownAccount } from './return-to.ts';
import { fillIn } from './texts.ts';
import type { Answer, Page, PageRoute, Visit } from './visit.ts';

export const explainPath = '/security/explain';
const neededPermission = 'policy:read';
const kinds = { user: 'user', 'service-account': 'service_account', 'api-key': 'api_key' } as const;

/** Whether somebody may ask why others may do something. */
export function mayExplain(caller: Principal): boolean {
  return caller.tenant !== undefined && hasPermission(caller, neededPermission);
}

/** `/security/explain`: why somebody may or may not do something in the tenant that the reader works in. */
export function explainPage(services: PageServices): PageRoute {
  const guarded =
    (show: (visit: Visit) => Promise<Answer>) =>
    async (visit: Visit): Promise<Answer> =>
      mayExplain(viewerOf(visit).caller) ? show(visit) : renderClosed(visit);
  return {
    path: explainPath,
    get: guarded((visit) => renderPage(services, visit, untouched)),
    post: guarded((visit) =>
      submit(
        visit,
        (state) => renderPage(services, visit, state),
        async () => renderPage(services, visit, untouched, await ask(services, visit)),
      ),
    ),
  };
}

async function ask({ core, decisions }: PageServices, visit: Visit): Promise<Asked> {
  const { caller } = viewerOf(visit);
  const tenantId = caller.tenant!;
  const known = await decisions.permissions.listNames(tenantId);
  const { who, permission, place } = readForm(visit, {
    who: (value, { problem }) => (value === '' || value.length > 500 ? problem.whoMissing : undefined),
    permission: (value, { problem }) => (known.includes(value) ? undefined : problem.permissionUnknown),
    place: (value, { problem }) =>
      value === '' || idSchema.safeParse(value).success ? undefined : problem.placeInvalid,
  });
  const type = Object.keys(kinds).find((kind) => kind === visit.form.get('kind'));
  if (type === undefined) throw new FormFaults([{ field: 'kind', text: visit.texts.problem.whoMissing }]);
  const question: ExplainQuestion = {
    subject: { type, id: who },
    permission,
    ...(place === '' ? {} : await locate(core, tenantId, place.toLowerCase())),
  };
  const explanation = await decisions.explanations.explain(caller, question);
  const groupIds = new Set(explanation.assignments.flatMap(({ groupId }) => groupId ?? []));
  const groups = hasPermission(caller, 'group:read')
    ? await Promise.all([...groupIds].map((id) => core.groups.get(tenantId, id)))
    : [];
  return { question, explanation, groupNames: new Map(groups.map(({ id, name }) => [id, name])) };
}

/** What an id of a place is of; as a division where the tenant has neither. */
async function locate(
  { places }: PageServices['core'],
  tenantId: string,
  id: string,
): Promise<Pick<ExplainQuestion, 'organizationId' | 'divisionId'>> {
  const found = await places.resolveMany(tenantId, { organizationIds: [id], divisionIds: [id] });
  return found.get(id)?.divisionPath.length === 0 ? { organizationId: id } : { divisionId: id };
}

async function renderPage(
  { core, decisions }: PageServices,
  visit: Visit,
  state: FormState,
  asked?: Asked,
): Promise<Page> {
  const { texts } = visit;
  const tenantId = viewerOf(visit).caller.tenant!;
  const [tenant, permissions] = await Promise.all([
    loadTenantName(core, tenantId),
    decisions.permissions.listNames(tenantId),
  ]);
  return {
    title: titleOf(texts.explain.title, state, visit),
    status: state.status,
    wide: true,
    body: html`<h1>${texts.explain.title}</h1>
      ${renderSummary(state, visit)} ${asked !== undefined && renderAnswer(asked, visit)}
      <div class="card">
        <p>${fillIn(texts.explain.lead, { tenant })}</p>
        ${renderQuestion(permissions, state, visit)}
      </div>
      <p><a href="${ownAccount}">${texts.common.back}</a></p>`,
  };
}

function renderQuestion(permissions: readonly string[], state: FormState, visit: Visit): Html {
  const { texts, form } = visit;
  const { explain } = texts;
  const value = (name: string): string | undefined => form.get(name) ?? undefined;
  const kindTexts = new Map(Object.entries(kinds).map(([kind, text]) => [kind, explain[text]]));
  const byResource = Map.groupBy(permissions.toSorted(), (permission) => permission.split(':')[0]!);
  const groups = new Map<string | undefined, ReadonlyMap<string, string>>([
    [undefined, new Map([['', explain.permissionNone]])],
    ...[...byResource].map(([resource, own]) => [resource, new Map(own.map((name) => [name, name]))] as const),
  ]);
  const kind = { name: 'kind', label: explain.kind, groups: new Map([[undefined, kindTexts]]) };
  const who = { name: 'who', label: explain.who, hint: explain.whoHint, autocomplete: 'off' };
  const permission = { name: 'permission', label: explain.permission, groups };
  const place = { name: 'place', label: explain.place, hint: explain.placeHint, autocomplete: 'off', optional: true };
  const content = [
    renderChoice({ ...kind, value: value('kind') }, state, visit),
    renderField({ ...who, value: value('who') }, state, visit),
    renderChoice({ ...permission, value: value('permission') }, state, visit),
    renderField({ ...place, value: value('place') }, state, visit),
    renderButton(explain.submit),
  ];
  return renderForm({ action: explainPath, content }, visit);
}

function renderClosed(visit: Visit): Page {
  const { texts, caller } = visit;
  const { closedTitle, closed, noTenant } = texts.explain;
  const why = caller?.secondFactorMissing
    ? texts.security.factorMissing
    : caller?.signInMethodRefused
      ? texts.security.methodRefused
      : caller?.tenant === undefined
        ? noTenant
        : fillIn(closed, { permission: neededPermission });
  return {
    title: closedTitle,
    status: 403,
    body: html`<div class="card">
      <h1>${closedTitle}</h1>
      <p>${why}</p>
      <p><a class="button" href="${ownAccount}">${texts.security.title}</a></p>
    </div>`,
  };
}
