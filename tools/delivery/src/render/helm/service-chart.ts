import { stringify } from 'yaml';
import type { Artifact } from '../artifact.ts';
import { renderedBy, renderYaml } from '../yaml.ts';
import { serviceSchema } from './service-schema.ts';
import { serviceTemplates } from './service-templates.ts';
import { testTemplate } from './service-test-template.ts';
import { defaultServiceValues, serviceValueDocs, type ServiceValues } from './service-values.ts';

/** Version of the reusable chart, which changes with its templates and not with what is deployed. */
export const SERVICE_CHART_VERSION = '1.0.0';

const notes = `{{ include "service.name" . }} runs as {{ .Values.kind }} in the namespace {{ .Release.Namespace }}.
{{- if .Values.secrets }}
It needs these Secret objects, each with the key "value": {{ join ", " .Values.secrets }}.
{{- end }}
`;

/** The reusable chart of one workload, below the folder. */
export function renderServiceChart(folder: string): Artifact[] {
  const chart = {
    apiVersion: 'v2',
    name: 'service',
    description: 'One workload: Deployment, StatefulSet or Job with everything that belongs to it.',
    type: 'application',
    version: SERVICE_CHART_VERSION,
    kubeVersion: '>=1.29.0-0',
  };
  return [
    { path: `${folder}/Chart.yaml`, content: renderYaml(chart) },
    { path: `${folder}/values.yaml`, content: renderDefaults() },
    { path: `${folder}/values.schema.json`, content: `${JSON.stringify(serviceSchema, undefined, 2)}\n` },
    ...serviceTemplates().map(({ path, content }) => ({ path: `${folder}/${path}`, content })),
    { path: `${folder}/templates/tests/connection.yaml`, content: `{{- /* ${renderedBy} */ -}}\n${testTemplate}` },
    { path: `${folder}/templates/NOTES.txt`, content: notes },
  ];
}

function renderDefaults(): string {
  const keys = Object.keys(defaultServiceValues) as (keyof ServiceValues)[];
  const entries = keys.map((key) => {
    const value = stringify(
      { [key]: defaultServiceValues[key] },
      { lineWidth: 0, singleQuote: true, aliasDuplicateObjects: false },
    );
    return `# ${serviceValueDocs[key]}\n${value}`;
  });
  const own = [
    "# Name of all objects; the name or alias of the chart when empty.\nname: ''\n",
    '# Shared with other charts: platform (label), images (name, newTag), storageClass, tolerations.\nglobal: {}\n',
  ];
  return `# ${renderedBy}\n\n${[...own, ...entries].join('\n')}`;
}
