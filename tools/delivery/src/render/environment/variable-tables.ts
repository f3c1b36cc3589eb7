import type { ResolvedPlatform, Workload } from '../../model/platform-model.ts';
import { valueOf } from '../../model/workload-secrets.ts';
import { code, renderMarkdown, renderTable } from './markdown-table.ts';

interface VariableRow {
  readonly name: string;
  readonly doc: string;
  /** By environment, in their order; undefined: the environment does without. */
  readonly values: readonly (string | undefined)[];
  readonly secret: string | undefined;
}

/** A table for each workload: what is the same in all environments with one value, the rest by environment. */
export function renderVariableTables(platform: ResolvedPlatform, environments: readonly ResolvedPlatform[]): string {
  const names = [...new Set(environments.flatMap(({ workloads }) => workloads.map(({ name }) => name)))].toSorted();
  const parts = names.flatMap((name) => {
    const workloads = environments.map(({ workloads: of }) => of.find((workload) => workload.name === name));
    const rows = listRows(workloads);
    const title = workloads.find((workload) => workload !== undefined)?.title ?? name;
    return rows.length === 0 ? [] : [`## ${name}`, title, ...renderRows(rows, environments)];
  });
  return renderMarkdown(`Variables of ${platform.title}`, [
    'Secrets are files: the variable holds the path, the value comes from `./secrets/<name>` or the secret store.',
    ...parts,
  ]);
}

function listRows(workloads: readonly (Workload | undefined)[]): VariableRow[] {
  const names = new Set(workloads.flatMap((workload) => workload?.variables.map(({ name }) => name) ?? []));
  return [...names].toSorted().map((name) => {
    const variables = workloads.map((workload) => workload?.variables.find((variable) => variable.name === name));
    return {
      name,
      doc: variables.find((variable) => variable?.definition !== undefined)?.definition?.doc ?? '',
      values: variables.map((variable) => (variable === undefined ? undefined : valueOf(variable))),
      secret: variables.find((variable) => variable?.secretFile !== undefined)?.secretFile,
    };
  });
}

function renderRows(rows: readonly VariableRow[], environments: readonly ResolvedPlatform[]): string[] {
  const isEverywhere = ({ values }: VariableRow): boolean => new Set(values).size === 1;
  const same = rows.filter(isEverywhere);
  const other = rows.filter((row) => !isEverywhere(row));
  const secret = (row: VariableRow): string => (row.secret === undefined ? 'no' : `yes: ${code(row.secret)}`);
  return [
    ...(same.length === 0
      ? []
      : [
          renderTable(
            ['Variable', 'Meaning', 'Value', 'Secret'],
            same.map((row) => [code(row.name), row.doc, code(row.values[0] ?? ''), secret(row)]),
          ),
        ]),
    ...(other.length === 0
      ? []
      : [
          renderTable(
            ['Variable', 'Meaning', ...environments.map(({ environment }) => environment), 'Secret'],
            other.map((row) => [
              code(row.name),
              row.doc,
              ...row.values.map((value) => (value === undefined ? '–' : code(value))),
              secret(row),
            ]),
          ),
        ]),
  ];
}
