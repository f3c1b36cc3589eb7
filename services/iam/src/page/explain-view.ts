import type { ExplainQuestion } from '../decision/explain.service.ts';
import type { AccessCheck, ExplainedAssignment, Explanation } from '../decision/explanation.ts';
import type { Statement } from '../decision/explanation-text.ts';
import { html, type Html } from './html.ts';
import { fillIn, type Texts } from './texts.ts';
import type { Visit } from './visit.ts';

/** A question with its answer. */
export interface Asked {
  readonly question: ExplainQuestion;
  readonly explanation: Explanation;
  /** Names of groups by id, as far as the reader may see them. */
  readonly groupNames: ReadonlyMap<string, string>;
}

type Scope = Pick<ExplainQuestion, 'organizationId' | 'divisionId'>;

const tagKinds = { passed: 'tag', failed: 'tag bad', depends: 'tag warn' } as const;

/** The answer in one sentence, then everything that it rests on, then what would change it. */
export function renderAnswer(asked: Asked, visit: Visit): Html {
  const { question, explanation } = asked;
  const { texts } = visit;
  const { explain } = texts;
  const { allowed, checks, assignments, remedies } = explanation;
  const isPlaceKnown = checks.every(({ check, outcome }) => check !== 'object' || outcome !== 'failed');
  const placeId = question.organizationId ?? question.divisionId ?? '';
  const values = {
    who: question.subject.id,
    permission: question.permission,
    where: isPlaceKnown ? describeScope(question, texts) : fillIn(explain.unknown, { id: placeId }),
  };
  return html`<section class="card" aria-labelledby="answer">
    <h2 id="answer" class="${allowed ? 'answer' : 'answer bad'}" tabindex="-1" autofocus>
      ${fillIn(allowed ? explain.allowed : explain.refused, values)}
    </h2>
    ${renderRemedies(remedies, texts)}
    <h3>${explain.reasons}</h3>
    <ul class="items">
      ${checks.map((check) => renderCheck(check, texts))}
    </ul>
    ${assignments.length > 0 && renderAssignments(asked, texts)}
  </section>`;
}

function renderRemedies(remedies: readonly Statement[], texts: Texts): Html | undefined {
  if (remedies.length === 0) return undefined;
  return html`<h3>${texts.explain.remedies}</h3>
    <ul class="asks">
      ${remedies.map((remedy) => html`<li>${toSentence(remedy, texts)}</li>`)}
    </ul>`;
}

function renderCheck({ check, outcome, message }: AccessCheck, texts: Texts): Html {
  const { explain } = texts;
  return html`<li>
    <div class="item-row">
      <div>
        <h4>${explain[`check_${check}`]}</h4>
        <p class="quiet small">${toSentence(message, texts)}</p>
      </div>
      <span class="${tagKinds[outcome]}">${explain[outcome]}</span>
    </div>
  </li>`;
}

function renderAssignments({ question, explanation, groupNames }: Asked, texts: Texts): Html {
  const { explain } = texts;
  const describe = ({ groupId, platform, scope }: ExplainedAssignment): string => {
    const where = platform ? explain.platform : describeScope(scope ?? {}, texts);
    if (groupId === null) return fillIn(explain.direct, { where });
    return fillIn(explain.byGroup, { where, group: groupNames.get(groupId) ?? groupId });
  };
  const items = explanation.assignments.map(
    (assignment) =>
      html`<li>
        <h4>${assignment.role}</h4>
        <p class="quiet small">${describe(assignment)} ${explain[assignment.why]}</p>
      </li>`,
  );
  return html`<h3>${explain.roles}</h3>
    ${question.subject.type === 'api-key' && html`<p class="quiet small">${explain.rolesOfCreator}</p>`}
    <ul class="items">
      ${items}
    </ul>`;
}

function describeScope({ organizationId, divisionId }: Scope, { explain }: Texts): string {
  if (divisionId !== undefined) return fillIn(explain.division, { id: divisionId });
  return organizationId === undefined ? explain.tenant : fillIn(explain.organization, { id: organizationId });
}

function toSentence({ text, values }: Statement, { explanation }: Texts): string {
  return fillIn(explanation[text], values);
}
