import type { Artifact } from '../artifact.ts';
import { renderedBy } from '../yaml.ts';
import { accessTemplate, monitorTemplate, replicaServiceTemplate } from './service-watch-templates.ts';
import { podTemplate } from './service-pod-template.ts';

/** A comment that Helm drops. */
const heading = `{{- /* ${renderedBy} */ -}}\n`;

const helpers = `{{- define "service.name" -}}
{{- .Values.name | default .Chart.Name -}}
{{- end }}

{{- define "service.platform" -}}
{{- (.Values.global).platform | default .Release.Name -}}
{{- end }}

{{- define "service.selectorLabels" -}}
app.kubernetes.io/name: {{ include "service.name" . }}
app.kubernetes.io/instance: {{ include "service.platform" . }}
{{- end }}

{{- define "service.labels" -}}
{{ include "service.selectorLabels" . }}
app.kubernetes.io/component: {{ .Values.component }}
app.kubernetes.io/part-of: {{ include "service.platform" . }}
{{- end }}

{{- define "service.image" -}}
{{- $tag := .Values.image.tag -}}
{{- range (.Values.global).images -}}
{{- if eq .name $.Values.image.repository -}}
{{- $tag = .newTag -}}
{{- end -}}
{{- end -}}
{{- $tag = required (printf "%s: image.tag or an entry of global.images is needed" (include "service.name" .)) $tag -}}
{{- printf "%s%s%s" .Values.image.repository (ternary "@" ":" (contains ":" $tag)) $tag -}}
{{- end }}

{{- define "service.fileKey" -}}
{{- regexReplaceAll "[^-._a-zA-Z0-9]" (. | trimPrefix "/" | replace "/" "__") "-" -}}
{{- end }}

{{- /* What a job reads must be there before it: of the same phase, and earlier. */ -}}
{{- define "service.supportAnnotations" -}}
{{- if eq .Values.hook "before" }}
annotations:
  helm.sh/hook: pre-install,pre-upgrade
  helm.sh/hook-weight: "-10"
  helm.sh/hook-delete-policy: before-hook-creation
  argocd.argoproj.io/hook: PreSync
  argocd.argoproj.io/hook-delete-policy: BeforeHookCreation
  argocd.argoproj.io/sync-wave: "-2"
{{- end }}
{{- end }}

{{- define "service.probe" -}}
{{- if .command }}
exec:
  command:
    {{- toYaml .command | nindent 4 }}
{{- else }}
httpGet:
  path: {{ .path }}
  port: {{ int .port }}
  scheme: HTTP
{{- end }}
{{- with .initialDelaySeconds }}
initialDelaySeconds: {{ int . }}
{{- end }}
periodSeconds: {{ int .periodSeconds }}
timeoutSeconds: {{ int .timeoutSeconds }}
failureThreshold: {{ int .failureThreshold }}
{{- end }}
`;

const metadata = `metadata:
  name: {{ include "service.name" . }}
  labels:
    {{- include "service.labels" . | nindent 4 }}`;

const supported = `${metadata}
  {{- include "service.supportAnnotations" . | nindent 2 }}`;

const serviceAccount = `apiVersion: v1
kind: ServiceAccount
${supported}
automountServiceAccountToken: false
`;

/** Entries that only another environment has are null here, and count as absent. */
export const presentEntries = `{{- $variables := dict -}}
{{- range $name, $value := .Values.variables -}}
{{- if not (kindIs "invalid" $value) -}}{{- $_ := set $variables $name $value -}}{{- end -}}
{{- end -}}
{{- $files := dict -}}
{{- range $path, $file := .Values.files -}}
{{- if $file -}}{{- $_ := set $files $path $file -}}{{- end -}}
{{- end -}}
`;

const configMap = `${presentEntries}{{- if $variables }}
apiVersion: v1
kind: ConfigMap
${supported}
data:
  {{- range $name, $value := $variables }}
  {{ $name }}: {{ $value | toJson }}
  {{- end }}
{{- end }}
{{- if $files }}
---
apiVersion: v1
kind: ConfigMap
${supported.replace('{{ include "service.name" . }}', '{{ include "service.name" . }}-files')}
data:
  {{- range $path, $file := $files }}
  {{ include "service.fileKey" $path }}: {{ $file.content | toJson }}
  {{- end }}
{{- end }}
`;

const claims = `{{- if eq .Values.kind "job" }}
{{- range .Values.volumes }}
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata:
  name: {{ .name }}
  labels:
    {{- include "service.labels" $ | nindent 4 }}
spec:
  {{- include "service.claim" (list $ .) | nindent 2 }}
{{- end }}
{{- end }}
`;

const service = `{{- if and .Values.ports (ne .Values.kind "job") }}
apiVersion: v1
kind: Service
${metadata}
spec:
  type: ClusterIP
  {{- if eq .Values.kind "statefulSet" }}
  clusterIP: None
  {{- end }}
  {{- if .Values.publishNotReadyAddresses }}
  publishNotReadyAddresses: true
  {{- end }}
  selector:
    {{- include "service.selectorLabels" . | nindent 4 }}
  ports:
    {{- toYaml .Values.ports | nindent 4 }}
{{- if .Values.publicPorts }}
---
apiVersion: v1
kind: Service
${metadata.replace('{{ include "service.name" . }}', '{{ include "service.name" . }}-public')}
spec:
  type: LoadBalancer
  externalTrafficPolicy: Local
  selector:
    {{- include "service.selectorLabels" . | nindent 4 }}
  ports:
    {{- toYaml .Values.publicPorts | nindent 4 }}
{{- end }}
{{- end }}
`;

const deployment = `{{- if eq .Values.kind "deployment" }}
apiVersion: apps/v1
kind: Deployment
${metadata}
spec:
  {{- if not .Values.autoscaling.enabled }}
  replicas: {{ int .Values.replicas }}
  {{- end }}
  revisionHistoryLimit: 5
  selector:
    matchLabels:
      {{- include "service.selectorLabels" . | nindent 6 }}
  strategy:
    type: RollingUpdate
    rollingUpdate:
      maxSurge: 1
      maxUnavailable: 0
  template:
    {{- include "service.podTemplate" . | nindent 4 }}
{{- end }}
`;

const statefulSet = `{{- if eq .Values.kind "statefulSet" }}
apiVersion: apps/v1
kind: StatefulSet
${metadata}
spec:
  replicas: {{ int .Values.replicas }}
  revisionHistoryLimit: 5
  serviceName: {{ include "service.name" . }}
  selector:
    matchLabels:
      {{- include "service.selectorLabels" . | nindent 6 }}
  updateStrategy:
    type: RollingUpdate
  persistentVolumeClaimRetentionPolicy:
    whenDeleted: Retain
    whenScaled: Retain
  template:
    {{- include "service.podTemplate" . | nindent 4 }}
  {{- if .Values.volumes }}
  volumeClaimTemplates:
    {{- range .Values.volumes }}
    - apiVersion: v1
      kind: PersistentVolumeClaim
      metadata:
        name: {{ .name }}
        labels:
          {{- include "service.selectorLabels" $ | nindent 10 }}
      spec:
        {{- include "service.claim" (list $ .) | nindent 8 }}
    {{- end }}
  {{- end }}
{{- end }}
`;

/**
 * What sets a component up is no hook of Helm: hooks after an installation begin when all pods are ready, and some of
 * these are ready only when they are set up. As a Job cannot be changed, each upgrade makes another one in its place.
 */
const job = `{{- if eq .Values.kind "job" }}
{{- $before := eq .Values.hook "before" }}
{{- $again := and (eq .Values.hook "along") (gt (int .Release.Revision) 1) }}
apiVersion: batch/v1
kind: Job
${metadata.replace('{{ include "service.name" . }}', '{{ include "service.name" . }}{{ if $again }}-{{ .Release.Revision }}{{ end }}')}
  {{- if ne .Values.hook "none" }}
  annotations:
    {{- if $before }}
    helm.sh/hook: pre-install,pre-upgrade
    helm.sh/hook-weight: "0"
    helm.sh/hook-delete-policy: before-hook-creation
    {{- end }}
    argocd.argoproj.io/hook: {{ ternary "PreSync" "Sync" $before }}
    argocd.argoproj.io/hook-delete-policy: BeforeHookCreation
    argocd.argoproj.io/sync-wave: {{ ternary "-1" "0" $before | quote }}
    kustomize.toolkit.fluxcd.io/force: enabled
  {{- end }}
spec:
  backoffLimit: 6
  activeDeadlineSeconds: 1800
  template:
    {{- include "service.podTemplate" . | nindent 4 }}
{{- end }}
`;

const autoscaler = `{{- if and .Values.autoscaling.enabled (eq .Values.kind "deployment") }}
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
${metadata}
spec:
  scaleTargetRef:
    apiVersion: apps/v1
    kind: Deployment
    name: {{ include "service.name" . }}
  minReplicas: {{ int .Values.autoscaling.minimum }}
  maxReplicas: {{ int .Values.autoscaling.maximum }}
  metrics:
    - type: Resource
      resource:
        name: cpu
        target:
          type: Utilization
          averageUtilization: {{ int .Values.autoscaling.cpuPercent }}
    - type: Resource
      resource:
        name: memory
        target:
          type: Utilization
          averageUtilization: {{ int .Values.autoscaling.memoryPercent }}
  behavior:
    scaleDown:
      stabilizationWindowSeconds: 300
{{- end }}
`;

const disruptionBudget = `{{- $fewest := ternary .Values.autoscaling.minimum .Values.replicas .Values.autoscaling.enabled | int }}
{{- if and (gt $fewest 1) (ne .Values.kind "job") }}
apiVersion: policy/v1
kind: PodDisruptionBudget
${metadata}
spec:
  maxUnavailable: 1
  unhealthyPodEvictionPolicy: AlwaysAllow
  selector:
    matchLabels:
      {{- include "service.selectorLabels" . | nindent 6 }}
{{- end }}
`;

const networkPolicy = `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
${supported}
spec:
  podSelector:
    matchLabels:
      {{- include "service.selectorLabels" . | nindent 6 }}
  policyTypes: [Ingress, Egress]
  ingress:
    {{- toYaml .Values.networkPolicy.ingress | nindent 4 }}
  egress:
    {{- toYaml .Values.networkPolicy.egress | nindent 4 }}
`;

/** The templates of the reusable service chart. */
export function serviceTemplates(): Artifact[] {
  const files = {
    '_helpers.tpl': helpers,
    '_pod.tpl': podTemplate(presentEntries),
    'service-account.yaml': serviceAccount,
    'access.yaml': accessTemplate(metadata),
    'config-map.yaml': configMap,
    'claims.yaml': claims,
    'service.yaml': service,
    'replica-service.yaml': replicaServiceTemplate,
    'deployment.yaml': deployment,
    'stateful-set.yaml': statefulSet,
    'job.yaml': job,
    'autoscaler.yaml': autoscaler,
    'disruption-budget.yaml': disruptionBudget,
    'network-policy.yaml': networkPolicy,
    'service-monitor.yaml': monitorTemplate(metadata),
  };
  return Object.entries(files).map(([name, content]) => ({
    path: `templates/${name}`,
    content: `${heading}${content}`,
  }));
}
